'use strict';

// A client in a world that a test controls: a clock that the test moves, the highest random number that the
// test names, and sockets that the test opens, speaks through and closes.

const { TopicsClient } = require('../carillon.js');

const PING = '{"action":"ping"}';
const PONG = 'System: Supported actions are subscribe, unsubscribe, publish, and list.';
const HOW_TO = 'System: Send JSON messages to subscribe, unsubscribe, publish, or list subscriptions.';

class Clock {
  #timers = [];
  #now = 1_000_000;

  now() {
    return this.#now;
  }

  setTimeout(act, delay) {
    const timer = { act, at: this.#now + delay };
    this.#timers.push(timer);
    return timer;
  }

  clearTimeout(timer) {
    this.#timers = this.#timers.filter((other) => other !== timer);
  }

  /** Moves the time, and calls what becomes due in its order. */
  advance(milliseconds) {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = this.#timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
      if (!next) {
        this.#now = end;
        return;
      }
      this.clearTimeout(next);
      this.#now = Math.max(this.#now, next.at);
      next.act();
    }
  }

  get pending() {
    return this.#timers.length;
  }
}

/** What a browser has. */
class Socket {
  constructor(url, protocols) {
    Object.assign(this, { url, protocols, sent: [], closes: [] });
  }

  send(text) {
    this.sent.push(text);
  }

  close(code) {
    this.closes.push(code);
  }

  open() {
    this.onopen({});
    return this;
  }

  /** The node says these lines. */
  say(...lines) {
    lines.forEach((data) => this.onmessage({ data }));
    return this;
  }

  greet(name = 'Ann') {
    return this.open().say(`Welcome, ${name}!`, 'System: Subscribed to "lobby".', HOW_TO);
  }

  /** The connection ends with a close code, which the node has sent or the browser has made up. */
  end(code, reason = '') {
    this.onclose({ code, reason });
  }

  /** The commands since the last call. */
  take() {
    return this.sent.splice(0).map((text) => {
      const { action, topic, message } = JSON.parse(text);
      return [action, topic, message].filter((part) => part !== undefined).join(' ');
    });
  }
}

class World {
  constructor(options = {}, urls = 'ws://node/') {
    this.clock = new Clock();
    this.sockets = [];
    this.random = 0.5;
    this.told = [];
    const { sockets } = this;
    const Library = options.WebSocket ?? Socket;
    this.client = new TopicsClient(urls, {
      ...options,
      clock: this.clock,
      random: () => this.random,
      WebSocket: class extends Library {
        constructor(...address) {
          super(...address);
          sockets.push(this);
        }
      },
    });
    for (const event of ['message', 'subscribed', 'unsubscribed', 'refused', 'gap', 'notice']) {
      this.client.on(event, (told) => this.told.push([event, told]));
    }
    this.client.on('state', (told) => (this.state = told));
  }

  /** A client that a node has greeted. */
  static ready(options, urls) {
    const world = new World(options, urls);
    world.client.connect();
    world.socket.greet();
    return world;
  }

  /** The newest socket. */
  get socket() {
    return this.sockets.at(-1);
  }

  /** What handlers were told of this kind since the last call. */
  take(event) {
    const taken = this.told.filter(([kind]) => kind === event).map(([, told]) => told);
    this.told = this.told.filter(([kind]) => kind !== event);
    return taken;
  }

  /** Ends the pause, and has a node greet the client again. */
  reconnect() {
    this.clock.advance(this.state.delay);
    this.socket.greet();
    return this.socket;
  }
}

/** Promises that are settled have told so. */
const settled = () => new Promise(setImmediate);

module.exports = { HOW_TO, PING, PONG, Socket, World, settled };
