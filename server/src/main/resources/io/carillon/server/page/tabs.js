'use strict';

/*
 * Tabs as screen readers know them: one stop for the Tab key, arrows between them.
 */
(() => {
  class Tabs {
    #list;
    #tabs;
    #firstSeen;

    /** @param firstSeen by the id of a tab, what happens when it is chosen for the first time */
    constructor(list, firstSeen) {
      this.#list = list;
      this.#tabs = [...list.querySelectorAll('button')];
      this.#firstSeen = new Map(Object.entries(firstSeen));
    }

    /** Lets people choose; the page's own address may have chosen, as #pusher does. */
    show() {
      this.#list.setAttribute('role', 'tablist');
      this.#tabs.forEach((tab, index) => {
        const view = this.#viewOf(tab);
        tab.setAttribute('role', 'tab');
        view.setAttribute('role', 'tabpanel');
        view.setAttribute('aria-labelledby', tab.id);
        tab.addEventListener('click', () => this.#choose(tab));
        tab.addEventListener('keydown', (event) => this.#move(event, index));
      });
      this.#list.hidden = false;
      const asked = this.#tabs.find((tab) => `#${tab.id}` === location.hash.replace('#', '#tab-'));
      this.#choose(asked || this.#tabs[0]);
    }

    #viewOf(tab) {
      return document.getElementById(tab.getAttribute('aria-controls'));
    }

    #move(event, index) {
      const last = this.#tabs.length - 1;
      const targets = {
        ArrowRight: index === last ? 0 : index + 1,
        ArrowLeft: index === 0 ? last : index - 1,
        Home: 0,
        End: last,
      };
      const target = this.#tabs[targets[event.key]];
      if (target) {
        event.preventDefault();
        this.#choose(target);
        target.focus();
      }
    }

    #choose(chosen) {
      this.#tabs.forEach((tab) => {
        tab.setAttribute('aria-selected', tab === chosen);
        tab.tabIndex = tab === chosen ? 0 : -1;
        this.#viewOf(tab).hidden = tab !== chosen;
      });
      const first = this.#firstSeen.get(chosen.id);
      this.#firstSeen.delete(chosen.id);
      first?.();
    }
  }

  Object.assign(window.Carillon, { Tabs });
})();
