'use strict';

/*
 * A client of Carillon's topics protocol, without dependencies. This one file is a classic script
 * (new Carillon.TopicsClient(...)), a CommonJS module, and the code behind carillon.mjs.
 *
 * TopicsClient keeps one connection. Conversation has the commands of that connection that the node has
 * not answered; Outbox has the messages that wait to be published.
 */
(() => {
  const NOTICE = 'System: ';
  const GREETED = `${NOTICE}Send JSON messages to subscribe, unsubscribe, publish, or list subscriptions.`;
  const WELCOME = /^Welcome, ([\s\S]*)!$/;
  const JOINED = /^(?:Already s|S)ubscribed to "([\s\S]*)"\.$/;
  const TRY_AGAIN = /^$|^Unable to subscribe to "/;
  const UNKNOWN = 'Unable to process that message right now.';

  /** The node answers an unknown action as well, and in its turn: behind the outcomes of earlier publishes. */
  const PING = '{"action":"ping"}';
  const PONG = `${NOTICE}Supported actions are subscribe, unsubscribe, publish, and list.`;

  /** The beginnings of the notices that answer an action. */
  const ANSWERS = {
    __proto__: null,
    subscribe: /^(Already subscribed|Subscribed|Unable to subscribe|You may not subscribe) to "|^Topic name|^Too many /,
    unsubscribe: /^(Unsubscribed from|Not subscribed to) "|^Topic name/,
    publish: /^(You may not publish|Subscribe) to "|^Message |^The message is |^Unable to process |^A topic is |^Topic names /,
    list: /^Current subscriptions: |^No active subscriptions\.$/,
  };

  /**
   * What a close code, or the status of a refused handshake, says about another connection. Everything
   * else means: with backoff. Browsers don't show statuses.
   */
  const RECONNECT = {
    1001: 'soon',
    1002: 'never',
    1007: 'never',
    1008: 'never',
    1011: 'later',
    1012: 'soon',
    1013: 'later',
    4401: 'with a new token',
    400: 'never',
    401: 'with a new token',
    403: 'never',
  };
  /** The longest pause before 'soon', in milliseconds, and the step of the backoff where 'later' begins. */
  const SOON = 250;
  const LATER = 2;
  /** The longest Retry-After that counts, in seconds. */
  const LONGEST_RETRY_AFTER = 600;
  /** The number of publishes that may be without an answer. */
  const WINDOW = 32;

  const DEFAULTS = {
    defaultTopic: 'keep',
    connectTimeout: 10_000,
    topics: 1_000,
    random: Math.random,
    clock: {
      now: () => Date.now(),
      setTimeout: (act, delay) => setTimeout(act, delay),
      clearTimeout: (timer) => clearTimeout(timer),
    },
  };
  const BACKOFF = { first: 1_000, longest: 15_000, stable: 5_000 };
  const SILENCE = { interval: 30_000, timeout: 15_000 };
  const QUEUE = { messages: 1_000, characters: 1_000_000, time: 30_000 };

  /** The address of a WebSocket, with this name in it. */
  const addressOf = (text, name) => {
    const url = new URL(text, globalThis.location?.href);
    url.protocol = url.protocol.replace(/^http/, 'ws');
    url.hash = '';
    if (name !== undefined) {
      url.searchParams.delete('name');
      url.search = `${url.search ? `${url.search}&` : '?'}name=${encodeURIComponent(name)}`;
    }
    return url.href;
  };

  /** The commands of one connection that the node has not answered. The node answers them in their order. */
  class Conversation {
    #send;
    #waiting = [];

    constructor(send) {
      this.#send = send;
    }

    /** The time of the oldest command without an answer; null if there is none. */
    get since() {
      return this.#waiting[0]?.since ?? null;
    }

    /** @param done called with the notice, '' for a command without one, or null if the connection ends first */
    ask(command, since, done) {
      const answers = ANSWERS[command.action];
      const isPublish = command.action === 'publish';
      this.#send(JSON.stringify(command));
      if (isPublish) {
        this.#send(PING); // The node says nothing about a publish that was accepted.
      }
      this.#waiting.push({ answers, endsWithPong: isPublish || !answers, notice: '', since, done });
    }

    /** Takes a notice; false if the notice answers no command. */
    hear(notice) {
      const [first] = this.#waiting;
      if (!first?.answers?.test(notice)) {
        return false;
      }
      first.notice = notice;
      if (!first.endsWithPong) {
        this.#waiting.shift().done(notice);
      }
      return true;
    }

    /** Takes the answer to a ping. Commands in front of the ping were answered in words that are not known here. */
    hearPong() {
      for (let ended = false; !ended && this.#waiting.length; ) {
        const first = this.#waiting.shift();
        ended = first.endsWithPong;
        first.done(first.notice);
      }
    }

    end() {
      this.#waiting.splice(0).forEach(({ done }) => done(null));
    }
  }

  /** The messages that have not been sent. A message that was sent is never here again. */
  class Outbox {
    #limits;
    #clock;
    #entries = [];
    #characters = 0;
    #timer = null;

    constructor(limits, clock) {
      this.#limits = limits;
      this.#clock = clock;
    }

    get isEmpty() {
      return !this.#entries.length;
    }

    /** @param done called with the outcome and the reason if the message is refused before it is sent */
    add(topic, message, done) {
      const size = topic.length + message.length;
      const { messages, characters, time } = this.#limits;
      if (this.#entries.length >= messages || this.#characters + size > characters) {
        done('refused', 'too many messages wait');
        return;
      }
      this.#characters += size;
      this.#entries.push({ topic, message, size, until: this.#clock.now() + time, done });
      this.#timer ??= this.#clock.setTimeout(() => this.#expire(), time);
    }

    take() {
      const entry = this.#entries.shift();
      this.#characters -= entry.size;
      return entry;
    }

    #expire() {
      this.#timer = null;
      while (!this.isEmpty && this.#entries[0].until <= this.#clock.now()) {
        this.take().done('refused', 'the message could not be sent in time');
      }
      if (!this.isEmpty) {
        this.#timer = this.#clock.setTimeout(() => this.#expire(), this.#entries[0].until - this.#clock.now());
      }
    }

    close(reason) {
      this.#clock.clearTimeout(this.#timer);
      while (!this.isEmpty) {
        this.take().done('refused', reason);
      }
    }
  }

  class TopicsClient {
    #options;
    #urls;
    #clock;
    #outbox;
    #handlers = new Map();
    #state = 'new';
    #name = '';
    /** The topics that the application wants to be in, over all connections. */
    #wanted = new Map();
    /** Whether the node's default topic is left when it is not wanted; at first it becomes a wanted one. */
    #leavesDefault;
    #connections = 0;
    /** How many connections in a row were lost before they were stable. */
    #failures = 0;
    /** Ends the pause before the next connection, or the attempt to make one. */
    #timer = null;
    /** How often in a row a node could not make a subscription, and when it is asked again. */
    #unable = { times: 0, timer: null };

    // This connection's.
    #socket = null;
    #conversation = null;
    #opened = null;
    #heard = 0;
    #watch = null;
    #unanswered = 0;
    #joined = new Set();
    #longestTopic = 0;
    #isGreeted = false;

    constructor(urls, options = {}) {
      this.#options = {
        ...DEFAULTS,
        WebSocket: globalThis.WebSocket,
        ...options,
        backoff: { ...BACKOFF, ...options.backoff },
        silence: { ...SILENCE, ...options.silence },
      };
      this.#urls = [urls].flat().map((url) => addressOf(url, options.name));
      if (!this.#urls.length || !this.#options.WebSocket) {
        throw new TypeError('TopicsClient: expected: a URL, and the option WebSocket where the platform has none');
      }
      this.#clock = this.#options.clock;
      this.#outbox = new Outbox({ ...QUEUE, ...options.queue }, this.#clock);
      this.#leavesDefault = this.#options.defaultTopic === 'leave';
    }

    get state() {
      return this.#state;
    }

    get name() {
      return this.#name;
    }

    get topics() {
      return [...this.#joined].sort();
    }

    on(event, handler) {
      const handlers = this.#handlers.get(event) ?? new Set();
      this.#handlers.set(event, handlers.add(handler));
      return () => handlers.delete(handler);
    }

    connect() {
      if (this.#state === 'new') {
        this.#dial();
      }
      return this;
    }

    retry() {
      if (this.#state === 'waiting') {
        this.#dial();
      }
    }

    close() {
      if (this.#state !== 'closed') {
        this.#end({ code: 1000, reason: 'the client is closed', status: null });
      }
    }

    subscribe(topic) {
      const name = String(topic).trim();
      const isFull = this.#wanted.size >= this.#options.topics && !this.#wanted.has(name);
      if (isFull || this.#state === 'closed') {
        return Promise.resolve({ outcome: 'refused', reason: isFull ? 'too many topics' : 'the client is closed' });
      }
      const { promise } = this.#want(name);
      this.#join(name);
      return promise;
    }

    unsubscribe(topic) {
      const name = String(topic).trim();
      this.#wanted.get(name)?.settle('refused', 'unsubscribed');
      this.#wanted.delete(name);
      this.#joined.delete(name);
      return new Promise((resolve) => (this.#isGreeted ? this.#leave(name, resolve) : resolve()));
    }

    publish(topic, message) {
      return new Promise((resolve) => {
        const done = (outcome, reason) => resolve({ outcome, reason });
        if (this.#state === 'closed') {
          done('refused', 'the client is closed');
        } else {
          this.#outbox.add(String(topic), String(message), done);
          this.#flush();
        }
      });
    }

    request(command) {
      return new Promise((resolve) => (this.#isGreeted ? this.#ask(command, resolve) : resolve(null)));
    }

    #emit(event, told) {
      for (const handler of [...(this.#handlers.get(event) ?? [])]) {
        try {
          handler(told);
        } catch (error) {
          queueMicrotask(() => {
            throw error; // Uncaught, as errors of other handlers are; the client goes on.
          });
        }
      }
    }

    #show(state, told) {
      this.#state = state;
      this.#emit('state', { state, ...told });
    }

    #dial() {
      const url = this.#urls[this.#connections++ % this.#urls.length];
      const { token, connectTimeout } = this.#options;
      const attempt = {}; // In the place of the socket until there is a token.
      this.#socket = attempt;
      this.#clock.clearTimeout(this.#timer);
      this.#timer = this.#clock.setTimeout(() => this.#lost({ reason: 'no connection in time' }), connectTimeout);
      this.#show('connecting', { url });
      const open = (given) => this.#socket === attempt && this.#open(url, given);
      if (typeof token === 'function') {
        const fail = (error) => this.#socket === attempt && this.#lost({ reason: `no token: ${error}` });
        new Promise((resolve) => resolve(token())).then(open, fail);
      } else {
        open(token);
      }
    }

    #open(url, token) {
      let socket;
      try {
        socket = new this.#options.WebSocket(url, token ? ['carillon.topics.v1', `bearer.${token}`] : []);
      } catch (error) {
        this.#lost({ reason: String(error) });
        return;
      }
      this.#socket = socket;
      const ifMine = (act) => (...events) => this.#socket === socket && act(...events);
      socket.onopen = ifMine(() => this.#opens(url));
      socket.onmessage = ifMine((event) => this.#hear(String(event.data)));
      socket.onclose = ifMine((event) => this.#lost(event));
      socket.onerror = () => {}; // The end of the connection follows.
      // The library ws shows more than browsers do.
      socket.on?.('ping', ifMine(() => (this.#heard = this.#clock.now())));
      socket.on?.('unexpected-response', ifMine((_, { statusCode: status, headers }) => {
        const asked = Number(headers['retry-after']) || 0;
        const pause = 1_000 * Math.min(LONGEST_RETRY_AFTER, Math.max(0, asked));
        this.#lost({ reason: `the handshake was refused with ${status}`, status, pause });
      }));
    }

    #opens(url) {
      this.#clock.clearTimeout(this.#timer);
      this.#opened = this.#heard = this.#clock.now();
      this.#conversation = new Conversation((text) => this.#socket?.send(text));
      this.#keepWatch();
      this.#show('connected', { url });
    }

    /** Pings after an interval without a frame, and gives up a connection that then stays silent. */
    #keepWatch() {
      const { interval, timeout } = this.#options.silence;
      const asked = this.#isGreeted ? this.#conversation.since : this.#opened;
      const due = asked === null ? this.#heard + interval : Math.max(this.#heard, asked) + timeout;
      const left = due - this.#clock.now();
      this.#clock.clearTimeout(this.#watch);
      if (left > 0) {
        this.#watch = this.#clock.setTimeout(() => this.#keepWatch(), left);
      } else if (asked === null) {
        this.#ask({ action: 'ping' }, () => {});
      } else {
        this.#lost({ reason: 'the server is silent' });
      }
    }

    #drop() {
      const [socket, conversation] = [this.#socket, this.#conversation];
      [this.#timer, this.#watch, this.#unable.timer].forEach((timer) => this.#clock.clearTimeout(timer));
      this.#socket = this.#conversation = this.#opened = null;
      this.#unanswered = 0;
      this.#isGreeted = false;
      this.#joined.forEach((topic) => (this.#wanted.get(topic).missedSince = this.#heard));
      this.#joined.clear();
      conversation?.end();
      // ws ends a connection at once this way. A browser waits for the answer to its close frame, and nobody for it.
      (socket?.terminate ?? socket?.close)?.call(socket);
    }

    #lost({ code = 1006, reason = '', status = null, pause = 0 }) {
      const { backoff, token, random } = this.#options;
      const isStable = this.#opened !== null && this.#clock.now() - this.#opened >= backoff.stable;
      const advice = RECONNECT[status ?? code];
      if (advice === 'never' || (advice === 'with a new token' && typeof token !== 'function')) {
        this.#end({ code, reason, status });
        return;
      }
      this.#drop();
      this.#failures = Math.max(isStable ? 0 : this.#failures, advice === 'later' ? LATER : 0);
      const isSoon = isStable && (advice === 'soon' || advice === 'with a new token');
      const delay = pause + random() * (isSoon ? SOON : this.#longestPause(this.#failures));
      this.#failures += 1;
      this.#timer = this.#clock.setTimeout(() => this.#dial(), delay);
      this.#show('waiting', { code, reason, status, delay, failures: this.#failures });
    }

    #longestPause(failures) {
      return Math.min(this.#options.backoff.longest, this.#options.backoff.first * 2 ** Math.min(failures, 30));
    }

    #end(why) {
      if (this.#opened !== null) {
        this.#socket.close(1000);
        this.#socket = null;
      }
      this.#state = 'closed';
      this.#drop();
      this.#outbox.close(why.reason);
      this.#wanted.forEach((entry) => entry.settle('refused', why.reason));
      this.#wanted.clear();
      this.#show('closed', why);
    }

    #hear(line) {
      this.#heard = this.#clock.now();
      if (line === PONG && this.#isGreeted) {
        this.#conversation.hearPong();
        return;
      }
      this.#emit('line', line);
      if (this.#conversation === null) {
        return; // A handler has closed the client.
      }
      const notice = line.startsWith(NOTICE) ? line.slice(NOTICE.length) : null;
      if (line.startsWith('[')) {
        this.#hearMessage(line);
      } else if (!this.#isGreeted) {
        this.#hearGreeting(line, notice);
      } else if (notice !== null && !this.#conversation.hear(notice)) {
        this.#emit('notice', notice);
      }
    }

    #hearGreeting(line, notice) {
      const topic = JOINED.exec(notice)?.[1];
      this.#name = WELCOME.exec(line)?.[1] ?? this.#name;
      if (topic !== undefined && !this.#leavesDefault) {
        this.#leavesDefault = true;
        this.#want(topic);
      }
      if (this.#wanted.has(topic)) {
        this.#hasJoined(topic);
      } else if (topic !== undefined) {
        this.#leave(topic, () => {});
      }
      if (line === GREETED) {
        this.#isGreeted = true;
        this.#show('ready', { name: this.#name });
        this.#joinAll();
        this.#flush();
      }
    }

    /** Of the joined topics that a line fits, the longest counts: a topic may have "] " in it. */
    #hearMessage(line) {
      let topic = null;
      for (let end = line.indexOf('] '); end > 0 && end <= this.#longestTopic + 1; end = line.indexOf('] ', end + 1)) {
        const candidate = line.slice(1, end);
        topic = this.#joined.has(candidate) ? candidate : topic;
      }
      const start = topic === null ? 0 : topic.length + 3;
      const end = line.indexOf(': ', start);
      if (topic !== null && end >= 0) {
        this.#emit('message', { topic, name: line.slice(start, end), text: line.slice(end + 2), position: null });
      }
    }

    #ask(command, done) {
      this.#conversation.ask(command, this.#clock.now(), done);
      this.#keepWatch();
    }

    #want(topic) {
      if (!this.#wanted.has(topic)) {
        const entry = { missedSince: null, isAsked: false };
        entry.promise = new Promise((resolve) => (entry.settle = (outcome, reason) => resolve({ outcome, reason })));
        this.#wanted.set(topic, entry);
      }
      return this.#wanted.get(topic);
    }

    #joinAll() {
      [...this.#wanted.keys()].forEach((topic) => this.#join(topic));
    }

    #join(topic) {
      const entry = this.#wanted.get(topic);
      if (!this.#isGreeted || !entry || entry.isAsked || this.#joined.has(topic)) {
        return;
      }
      entry.isAsked = true;
      this.#ask({ action: 'subscribe', topic }, (notice) => {
        entry.isAsked = false;
        if (notice === null || this.#wanted.get(topic) !== entry) {
          return;
        }
        if (JOINED.test(notice)) {
          this.#unable.times = 0;
          this.#hasJoined(topic);
          return;
        }
        const isRetrying = TRY_AGAIN.test(notice);
        if (isRetrying) {
          this.#joinLater();
        } else {
          this.#wanted.delete(topic);
          entry.settle('refused', notice);
        }
        this.#emit('refused', { topic, reason: notice, isRetrying });
      });
    }

    #joinLater() {
      const delay = this.#options.backoff.first + this.#options.random() * this.#longestPause(this.#unable.times++);
      this.#clock.clearTimeout(this.#unable.timer);
      this.#unable.timer = this.#clock.setTimeout(() => this.#joinAll(), delay);
    }

    #hasJoined(topic) {
      const { missedSince: since, settle } = this.#wanted.get(topic);
      this.#joined.add(topic);
      this.#longestTopic = Math.max(this.#longestTopic, topic.length);
      settle('subscribed', '');
      this.#emit('subscribed', { topic, recovered: false, position: null });
      if (since !== null) {
        this.#emit('gap', { topic, since, until: this.#clock.now(), cause: 'reconnect', position: null });
      }
    }

    #leave(topic, done) {
      this.#ask({ action: 'unsubscribe', topic }, (notice) => {
        if (notice !== null) {
          this.#emit('unsubscribed', { topic });
        }
        done();
      });
    }

    #flush() {
      while (this.#isGreeted && this.#unanswered < WINDOW && !this.#outbox.isEmpty) {
        const { topic, message, done } = this.#outbox.take();
        this.#unanswered += 1;
        this.#ask({ action: 'publish', topic, message }, (notice) => {
          if (notice === null) {
            done('unknown', 'the connection ended before the answer');
            return;
          }
          this.#unanswered -= 1;
          done(notice === '' ? 'accepted' : notice === UNKNOWN ? 'unknown' : 'refused', notice);
          this.#flush();
        });
      }
    }
  }

  globalThis.Carillon = Object.assign(globalThis.Carillon ?? {}, { TopicsClient });
  if (typeof module === 'object') {
    module.exports = { TopicsClient };
  }
})();
