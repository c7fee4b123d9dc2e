'use strict';

/*
 * One client of topics: brings together its connection, its topics and its view, what it says and what it
 * hears.
 */
(() => {
  const { Link, Topics, TopicsView, addressesIn, inMillis, nodeAt, withoutToken } = window.Carillon;
  const WELCOME = /^Welcome, ([\s\S]*)!$/;
  const REFUSED = ['System: Message bus is unavailable.', 'System: Unable to process that message right now.'];

  const REASONS = {
    1002: 'the server says that this client broke the protocol',
    1006: 'the connection broke',
    1007: 'the server says that this was no text',
    1008: 'the server does not want this client',
    1009: 'the message was too long',
    1011: 'the server could not serve it',
    1012: 'the node is going down',
    1013: 'this client was too slow',
    4401: 'the token has expired',
  };

  class Pane {
    #page;
    #link;
    #view;
    #topics;
    #name = '';
    #address = '';
    #state = 'off';

    constructor(number, page) {
      this.number = number;
      this.node = '';
      this.#page = page;
      this.#view = new TopicsView(number);
      this.#link = new Link(this.#listener());
      this.#topics = new Topics(
        (command) => this.#link.send(command),
        () => this.#view.showTopics(this.#topics.sorted()),
      );
      this.#listenToPeople();
    }

    get element() {
      return this.#view.element;
    }

    remembered() {
      return addressesIn(this.#page.memory.get(`carillon.url.${this.number}`) || '').join(' ');
    }

    prefill(url, name) {
      this.#view.fill('url', url);
      this.#view.fill('name', name);
      const [first] = addressesIn(url);
      this.#called(first ? new URL(first).host : '');
    }

    /** A line of the page's own. */
    say(text) {
      this.#view.append('own', text);
    }

    #listenToPeople() {
      const view = this.#view;
      const topic = () => view.text('topic');
      view.on('join', 'submit', () => (this.#state === 'off' ? this.#join() : this.#link.close()));
      view.on('retry', 'click', () => this.#link.retry());
      view.on('topics', 'submit', () => this.#command({ action: 'subscribe', topic: topic() }));
      view.on('unsubscribe', 'click', () => this.#command({ action: 'unsubscribe', topic: topic() }));
      view.on('list', 'click', () => this.#command({ action: 'list' }));
      view.on('say', 'submit', () => this.#publish(topic(), view.text('message')));
    }

    #join() {
      const name = this.#view.text('name');
      const addresses = addressesIn(this.#view.text('url'));
      if (!name) {
        this.say('Enter your name before joining.');
        this.#view.focus('name');
        return;
      }
      if (!addresses.length) {
        this.say('Enter a valid WebSocket URL before joining.');
        this.#view.focus('url');
        return;
      }
      this.#view.fill('url', addresses.join(' '));
      this.#page.memory.set(`carillon.url.${this.number}`, addresses.map((it) => withoutToken(it, '')).join(' '));
      this.#name = name;
      this.#topics.forget();
      this.#link.open(addresses, name);
    }

    #command(command) {
      if (!this.#link.send(command)) {
        this.say('Join the chat before sending commands.');
        return false;
      }
      return true;
    }

    #publish(topic, message) {
      if (!topic) {
        this.say('Enter a topic before sending a message.');
        return;
      }
      if (message && this.#topics.has(topic)) {
        this.#page.crossings.left(this, `[${topic}] ${this.#name}: ${message}`);
      }
      if (this.#command({ action: 'publish', topic, message })) {
        this.#view.fill('message', '');
      }
    }

    #listener() {
      return {
        connecting: (address) => {
          this.#address = address;
          this.#called(new URL(address).host);
          this.#show('connecting');
        },
        open: (address) => {
          this.#topics.clear();
          this.#show('on');
          this.say(`Joined as ${this.#name}`);
          this.say(`Connected to ${withoutToken(address, '…')}`);
          if (this.#topics.isNew) {
            this.say('Use the topic controls to subscribe or unsubscribe from rooms.');
          }
          this.#askName(address);
        },
        frame: (text) => this.#hear(text),
        lost: (code) => {
          this.#page.crossings.gone(this);
          this.#state = 'connecting';
          const reason = REASONS[code] ? `: ${REASONS[code]}` : '';
          this.say(`Disconnected from server (${code}${reason})`);
        },
        waiting: (until) => this.#show('waiting', until),
        ended: (everOpened) => {
          if (!everOpened) {
            this.say('Unable to connect to the server.');
            this.#explain(this.#address);
          } else if (this.#state === 'on') {
            this.#page.crossings.gone(this);
            this.say('Disconnected from server');
          }
          this.#topics.clear();
          this.#show('off');
        },
      };
    }

    #show(state, until) {
      this.#state = state;
      this.#view.showState(state, until);
    }

    async #askName(address) {
      const name = await nodeAt(address);
      if (this.#address === address && this.#state === 'on') {
        this.#called(name ?? new URL(address).host);
      }
    }

    /** A browser doesn't tell pages why a handshake was refused. */
    async #explain(address) {
      if ((await nodeAt(address)) !== null) {
        this.say('A node is there, and has refused. Where it asks for tokens, add ?token=... to the URL.');
      }
    }

    #called(node) {
      this.node = node;
      this.#view.showNode(node);
      this.#page.showNode(this);
    }

    #hear(text) {
      const crossing = this.#page.crossings.arrived(this, text);
      this.#view.append(text.startsWith('[') ? 'heard' : 'system', text, crossing && this.#tookOf(crossing));
      if (crossing) {
        const said = text.slice(text.indexOf(': ', text.indexOf('] ')) + 2);
        this.#page.showCrossing({ from: crossing.from, to: this, millis: crossing.millis, text: said });
      }
      if (REFUSED.includes(text)) {
        this.#page.crossings.refused(this);
      }
      // A token may say that this client is called otherwise.
      this.#name = WELCOME.exec(text)?.[1] ?? this.#name;
      this.#topics.hear(text);
    }

    #tookOf({ from, millis }) {
      const took = inMillis(millis);
      return from === this ? `back in ${took}` : `from ${from.node} in ${took}`;
    }
  }

  Object.assign(window.Carillon, { Pane });
})();
