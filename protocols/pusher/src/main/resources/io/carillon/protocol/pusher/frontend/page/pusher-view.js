'use strict';

/*
 * What people see of one client of the Pusher protocol: as of others, and the members of its channel.
 */
(() => {
  const { View } = window.Carillon;

  class PusherView extends View {
    #presence;

    constructor(number) {
      super(number, 'pusher-client');
      this.#presence = (name) => this.element.querySelector(`.presence .${name}`);
      this.#presence('members').setAttribute('aria-label', `Members that client ${number} knows`);
    }

    showMembers(names) {
      const items = names.map((name) => {
        const item = document.createElement('li');
        item.textContent = name;
        return item;
      });
      this.#presence('count').textContent = names.length ? `(${names.length})` : '';
      this.#presence('members').replaceChildren(...items);
    }

    /** @param text why the list is not whole; empty where it is */
    showMissing(text) {
      this.#presence('missing').hidden = !text;
      this.#presence('missing').textContent = text;
    }
  }

  Object.assign(window.Carillon, { PusherView });
})();
