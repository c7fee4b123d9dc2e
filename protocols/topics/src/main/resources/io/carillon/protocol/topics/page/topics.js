'use strict';

/*
 * The topics that one client is in, by what the server says, and those that people want it to be in,
 * over all its connections. Knows nothing of the page.
 */
(() => {
  const SUBSCRIBED = /^System: Subscribed to "([\s\S]*)"\.$/;
  const LEFT = /^System: (?:Unsubscribed from|Not subscribed to) "([\s\S]*)"\.$/;
  const UNABLE = /^System: Unable to subscribe to "([\s\S]*)" right now\.$/;
  const GREETED = 'System: Send JSON messages to subscribe, unsubscribe, publish, or list subscriptions.';

  class Topics {
    #send;
    #changed;
    /** What people want to be in; null before the first connection is greeted. */
    #wanted = null;
    #joined = new Set();
    #greeted = false;

    /**
     * @param send sends a command
     * @param changed told when the topics that this client is in are others
     */
    constructor(send, changed) {
      this.#send = send;
      this.#changed = changed;
    }

    /** Somebody joins anew: nothing is wanted yet. */
    forget() {
      this.#wanted = null;
    }

    /** A connection has begun, or ended: it is in no topic. */
    clear() {
      this.#greeted = false;
      this.#joined.clear();
      this.#changed();
    }

    /** Whether no connection has been greeted since somebody joined. */
    get isNew() {
      return !this.#wanted;
    }

    has(topic) {
      return this.#joined.has(topic);
    }

    sorted() {
      return [...this.#joined].sort();
    }

    /** A line from the server. */
    hear(line) {
      const [, subscribed] = SUBSCRIBED.exec(line) || [];
      const [, left] = LEFT.exec(line) || [];
      const [, unable] = UNABLE.exec(line) || [];
      if (subscribed !== undefined) {
        this.#joined.add(subscribed);
        if (this.#greeted) {
          this.#wanted.add(subscribed);
        }
      } else if (left !== undefined) {
        this.#joined.delete(left);
        this.#wanted?.delete(left);
      } else if (line === GREETED && !this.#greeted) {
        this.#greeted = true;
        this.#restore();
      } else if (unable !== undefined && this.#wanted?.has(unable)) {
        setTimeout(() => this.#again(unable), 1000 + Math.random() * 2000);
      } else {
        return;
      }
      this.#changed();
    }

    /** After a reconnection: into the topics of before, and out of the one that one joins by itself. */
    #restore() {
      if (!this.#wanted) {
        this.#wanted = new Set(this.#joined);
        return;
      }
      this.#joined.forEach((topic) => this.#wanted.has(topic) || this.#send({ action: 'unsubscribe', topic }));
      this.#wanted.forEach((topic) => this.#again(topic));
    }

    #again(topic) {
      if (this.#greeted && this.#wanted?.has(topic) && !this.#joined.has(topic)) {
        this.#send({ action: 'subscribe', topic });
      }
    }
  }

  Object.assign(window.Carillon, { Topics });
})();
