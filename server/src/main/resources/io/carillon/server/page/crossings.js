'use strict';

/*
 * Messages under way between the two clients of a tab. Both are here, so one clock measures how long
 * a message took. A message has no number: it is known by its line as the other client hears it, and
 * of equal ones the oldest arrives first.
 */
(() => {
  const LONGEST = 10000;
  const MOST = 200;

  class Crossings {
    #underway = [];

    /** This client has just sent what will be heard as this line. */
    left(from, line) {
      const now = performance.now();
      this.#underway = this.#underway.filter((one) => now - one.at < LONGEST).slice(-MOST);
      this.#underway.push({ from, line, at: now, heardBy: new Set() });
    }

    /** This client hears a line: who sent it and how many milliseconds ago; null for a stranger's. */
    arrived(to, line) {
      const now = performance.now();
      const found = this.#underway.find(
        (one) => one.line === line && !one.heardBy.has(to) && now - one.at < LONGEST,
      );
      if (!found) {
        return null;
      }
      found.heardBy.add(to);
      return { from: found.from, millis: now - found.at };
    }

    /** This client is told that its oldest message without an echo came to nothing. */
    refused(from) {
      const refused = this.#underway.find((one) => one.from === from && !one.heardBy.has(from));
      this.#underway = this.#underway.filter((one) => one !== refused);
    }

    /** This client has lost its connection; what it had sent may still be heard by the other. */
    gone(client) {
      this.#underway.forEach((one) => one.heardBy.add(client));
    }
  }

  /** How long something took, for people. */
  const inMillis = (millis) => `${millis < 10 ? millis.toFixed(1) : Math.round(millis)} ms`;

  Object.assign(window.Carillon, { Crossings, inMillis });
})();
