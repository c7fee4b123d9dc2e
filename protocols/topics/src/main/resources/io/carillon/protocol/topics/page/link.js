'use strict';

/*
 * One client's connection. It is opened again when it is lost, at another of its addresses where
 * there are several, after a pause that grows and is random, so that the clients of a node that has
 * gone don't all come back at once. Knows nothing of the page.
 */
(() => {
  const FIRST_PAUSE = 500;
  const LONGEST_PAUSE = 15000;
  /** How long a handshake may take, in milliseconds. */
  const PATIENCE = 10000;
  /** A connection that held for so long was a good one: the next pause is short again. */
  const GOOD = 5000;
  /** Codes after which the same client would only be closed again. */
  const FINAL = [1002, 1007, 1008, 4401];

  const withName = (address, name) => {
    const url = new URL(address);
    url.searchParams.delete('name');
    const before = url.search ? `${url.search}&` : '?';
    url.search = `${before}name=${encodeURIComponent(name)}`;
    return url.href;
  };

  class Link {
    #listener;
    #addresses = [];
    #name = '';
    #next = 0;
    #failures = 0;
    #opened = false;
    #socket = null;
    #timer = 0;

    /**
     * @param listener told of everything: connecting(address), open(address), frame(text),
     *     lost(code), waiting(until), ended(everOpened)
     */
    constructor(listener) {
      this.#listener = listener;
    }

    /** Opens a connection to the first of these addresses that takes it. */
    open(addresses, name) {
      this.#addresses = addresses;
      this.#name = name;
      this.#next = 0;
      this.#failures = 0;
      this.#opened = false;
      this.#connect();
    }

    /** Ends it for good. */
    close() {
      clearTimeout(this.#timer);
      const socket = this.#socket;
      this.#socket = null;
      if (socket) {
        socket.close(1000);
      }
      this.#listener.ended(this.#opened);
    }

    /** Doesn't wait for the end of a pause. */
    retry() {
      clearTimeout(this.#timer);
      this.#connect();
    }

    /** Whether it could be sent. */
    send(command) {
      if (!this.#socket || this.#socket.readyState !== WebSocket.OPEN) {
        return false;
      }
      this.#socket.send(JSON.stringify(command));
      return true;
    }

    #connect() {
      const address = this.#addresses[this.#next];
      this.#next = (this.#next + 1) % this.#addresses.length;
      this.#listener.connecting(address);
      let socket;
      try {
        socket = new WebSocket(withName(address, this.#name));
      } catch {
        this.#lost(1006, 0); // Some browsers refuse ws:// in a page that came by https.
        return;
      }
      this.#socket = socket;
      const patience = setTimeout(() => socket.close(), PATIENCE);
      let since = 0;
      const mine = (act) => (event) => {
        if (this.#socket === socket) {
          act(event);
        }
      };
      socket.onopen = mine(() => {
        clearTimeout(patience);
        since = performance.now();
        this.#opened = true;
        this.#listener.open(address);
      });
      socket.onmessage = mine((event) => this.#listener.frame(String(event.data)));
      socket.onclose = mine((event) => {
        clearTimeout(patience);
        this.#lost(event.code, since && performance.now() - since);
      });
    }

    /** @param held how long it was open, in milliseconds; 0 when it never was */
    #lost(code, held) {
      this.#socket = null;
      this.#failures = held > GOOD ? 0 : this.#failures + 1;
      if (held) {
        this.#listener.lost(code);
      }
      const tried = this.#failures >= this.#addresses.length;
      if (FINAL.includes(code) || (!this.#opened && tried)) {
        this.#listener.ended(this.#opened);
        return;
      }
      const most = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(this.#failures, 10));
      const pause = most / 2 + (Math.random() * most) / 2;
      this.#listener.waiting(performance.now() + pause);
      this.#timer = setTimeout(() => this.#connect(), pause);
    }
  }

  Object.assign(window.Carillon, { Link });
})();
