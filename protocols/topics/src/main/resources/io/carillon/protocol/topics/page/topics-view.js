'use strict';

/*
 * What people see of one client of topics: as of others, and the topics that it is in.
 */
(() => {
  const { View } = window.Carillon;

  class TopicsView extends View {
    #isOn = false;

    constructor(number) {
      super(number, 'topics-client');
    }

    showState(state, until) {
      this.#isOn = state === 'on';
      super.showState(state, until);
      this.element.querySelectorAll('.chip').forEach((chip) => (chip.disabled = !this.#isOn));
    }

    showTopics(topics) {
      const items = topics.map((topic) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'chip';
        button.textContent = topic;
        button.disabled = !this.#isOn;
        button.title = 'Put into the topic field';
        button.addEventListener('click', () => this.fill('topic', topic));
        const item = document.createElement('li');
        item.append(button);
        return item;
      });
      this.element.querySelector('.joined').replaceChildren(...items);
    }
  }

  Object.assign(window.Carillon, { TopicsView });
})();
