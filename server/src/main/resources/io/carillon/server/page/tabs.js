'use strict';

/*
 * Tabs as screen readers know them: one stop for the Tab key, arrows between them. The page's document
 * has a button and a view for each tab; a script of the tab says how its view is filled.
 */
(() => {
  const fillers = new Map();

  /**
   * Says how a tab's view is filled. Scripts of tabs call this while the page loads.
   *
   * @param fill called when the tab is chosen for the first time, with the view and what the page
   *     tells all tabs
   */
  const registerTab = (name, fill) => fillers.set(name, fill);

  class Tabs {
    #list;
    #tabs;
    #page;

    /** @param page what the tabs are told */
    constructor(list, page) {
      this.#list = list;
      this.#tabs = [...list.querySelectorAll('button')];
      this.#page = page;
    }

    /** Opens the tab that #name in the page's address asks for, or the first; shows the bar if there are several. */
    show() {
      if (this.#tabs.length > 1) {
        this.#offer();
      }
      const asked = this.#tabs.find((tab) => location.hash === `#${this.#nameOf(tab)}`);
      this.#choose(asked || this.#tabs[0]);
    }

    #offer() {
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
    }

    #nameOf(tab) {
      return tab.id.replace('tab-', '');
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
      const fill = fillers.get(this.#nameOf(chosen));
      fillers.delete(this.#nameOf(chosen));
      fill?.(this.#viewOf(chosen), this.#page);
    }
  }

  Object.assign(window.Carillon, { Tabs, registerTab });
})();
