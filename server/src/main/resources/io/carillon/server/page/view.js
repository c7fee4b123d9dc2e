'use strict';

/*
 * What people see of one client and where they act. Whatever comes from the network is only ever
 * shown as text. Knows nothing of connections.
 */
(() => {
  const MOST_LINES = 500;

  const STATES = {
    off: 'Not connected',
    connecting: 'Connecting…',
    on: 'Connected',
    waiting: 'Reconnecting',
  };

  const span = (className, text) => {
    const element = document.createElement('span');
    element.className = className;
    element.textContent = text;
    return element;
  };

  class View {
    #field;
    #state = 'off';
    #countdown = 0;
    #hadFocus = null;

    /** @param template the id of what it is made from */
    constructor(number, template) {
      const copy = document.getElementById(template).content.cloneNode(true);
      this.element = copy.querySelector('.pane');
      this.#field = (name) => this.element.querySelector(`.${name}`);
      const heading = this.element.querySelector('h2');
      heading.id = `${template}-${number}`;
      heading.textContent = `Client ${number}`;
      this.element.setAttribute('aria-labelledby', heading.id);
      this.#field('log').setAttribute('aria-label', `What client ${number} hears`);
    }

    /** Acts when somebody presses the button of this name, or submits the form. */
    on(name, event, act) {
      this.#field(name).addEventListener(event, (happened) => {
        happened.preventDefault();
        act();
      });
    }

    text(name) {
      return this.#field(name).value.trim();
    }

    fill(name, text) {
      this.#field(name).value = text;
    }

    focus(name) {
      this.#field(name).focus();
    }

    showNode(node) {
      this.#field('node').textContent = node;
    }

    /** @param until when the next attempt begins, where the state is a pause before it */
    showState(state, until) {
      const focus = document.activeElement;
      if (this.element.contains(focus) && focus.matches('input, fieldset button')) {
        this.#hadFocus = focus;
      }
      this.#state = state;
      this.element.dataset.state = state;
      this.#field('state').textContent = STATES[state];
      this.#field('enter').textContent = state === 'off' ? 'Join' : 'Leave';
      this.element.querySelectorAll('.retry').forEach((button) => (button.hidden = state !== 'waiting'));
      this.#field('url').disabled = state !== 'off';
      this.#field('name').disabled = state !== 'off';
      this.element.querySelectorAll('fieldset').forEach((control) => (control.disabled = state !== 'on'));
      this.#count(until);
      this.#keepFocus();
    }

    /** What is disabled loses the focus; whoever was typing goes on typing. */
    #keepFocus() {
      const focus = document.activeElement;
      if (!this.#hadFocus || (focus && focus !== document.body && !focus.disabled && !this.element.contains(focus))) {
        this.#hadFocus = null;
        return;
      }
      if (this.#state === 'on' || this.#state === 'off') {
        const lost = this.#hadFocus.matches(':disabled');
        const wanted = lost ? this.#field(this.#state === 'on' ? 'message' : 'enter') : this.#hadFocus;
        wanted.focus();
        this.#hadFocus = null;
      }
    }

    #count(until) {
      clearInterval(this.#countdown);
      const field = this.#field('countdown');
      field.textContent = '';
      if (until) {
        const tick = () => {
          const seconds = Math.max(0, until - performance.now()) / 1000;
          field.textContent = ` in ${Math.ceil(seconds)} s`;
        };
        tick();
        this.#countdown = setInterval(tick, 200);
      }
    }

    /** @param took what stands behind the line; nothing where it is not known */
    append(kind, text, took) {
      const log = this.#field('log');
      const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
      const line = document.createElement('p');
      line.className = kind;
      line.append(span('text', text));
      if (took) {
        line.append(span('took', took));
      }
      log.append(line);
      while (log.childElementCount > MOST_LINES) {
        log.firstElementChild.remove();
      }
      if (atEnd) {
        requestAnimationFrame(() => (log.scrollTop = log.scrollHeight));
      }
    }
  }

  Object.assign(window.Carillon, { View });
})();
