'use strict';

/*
 * One client of topics on the page: brings together Carillon's JavaScript client and a view, what is said
 * and what is heard.
 */
(() => {
  const { TopicsClient, TopicsView, addressesIn, inMillis, nodeAt, withoutToken } = window.Carillon;
  const REFUSED = ['System: Message bus is unavailable.', 'System: Unable to process that message right now.'];

  /** The code with which the client itself has left. */
  const LEFT = 1000;

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
    #view;
    /** Null before somebody has joined. */
    #client = null;
    #addresses = [];
    /** Whether a connection has been opened since somebody joined. */
    #hasOpened = false;
    #name = '';
    #address = '';
    #state = 'off';

    constructor(number, page) {
      this.number = number;
      this.node = '';
      this.#page = page;
      this.#view = new TopicsView(number);
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
      view.on('join', 'submit', () => (this.#state === 'off' ? this.#join() : this.#client.close()));
      view.on('retry', 'click', () => this.#client.retry());
      view.on('topics', 'submit', () => this.#isReady() && this.#subscribe(topic()));
      view.on('unsubscribe', 'click', () => this.#isReady() && this.#client.unsubscribe(topic()));
      view.on('list', 'click', () => this.#isReady() && this.#client.request({ action: 'list' }));
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
      this.#addresses = addresses;
      this.#hasOpened = false;
      this.#client = this.#listenTo(new TopicsClient(addresses, { name })).connect();
    }

    #listenTo(client) {
      const showTopics = () => this.#view.showTopics(client.topics);
      client.on('subscribed', showTopics);
      client.on('unsubscribed', showTopics);
      client.on('line', (line) => this.#hear(line));
      client.on('state', (told) => {
        showTopics();
        this.#follow[told.state](told);
      });
      return client;
    }

    #isReady() {
      const isReady = this.#client?.state === 'ready';
      if (!isReady) {
        this.say('Join the chat before sending commands.');
      }
      return isReady;
    }

    #subscribe(topic) {
      if (this.#client.topics.includes(topic)) {
        this.#client.request({ action: 'subscribe', topic }); // The node says that the client is there.
      } else {
        this.#client.subscribe(topic);
      }
    }

    #publish(topic, message) {
      if (!topic) {
        this.say('Enter a topic before sending a message.');
        return;
      }
      if (!this.#isReady()) {
        return;
      }
      if (message && this.#client.topics.includes(topic)) {
        this.#page.crossings.left(this, `[${topic}] ${this.#name}: ${message}`);
      }
      this.#client.publish(topic, message);
      this.#view.fill('message', '');
    }

    /** What follows from each state of the client. */
    #follow = {
      connecting: ({ url }) => {
        this.#address = url.replace(/[?&]name=[^&]*$/, '');
        this.#called(new URL(url).host);
        this.#show('connecting');
      },
      connected: () => {
        this.#show('on');
        this.say(`Joined as ${this.#name}`);
        this.say(`Connected to ${withoutToken(this.#address, '…')}`);
        if (!this.#hasOpened) {
          this.say('Use the topic controls to subscribe or unsubscribe from rooms.');
        }
        this.#hasOpened = true;
        this.#askName(this.#address);
      },
      // A token may say that this client is called otherwise.
      ready: ({ name }) => (this.#name = name),
      waiting: ({ code, delay, failures }) => {
        this.#lost(code);
        if (this.#hasOpened || failures < this.#addresses.length) {
          this.#show('waiting', performance.now() + delay);
        } else {
          this.#client.close();
        }
      },
      closed: ({ code }) => {
        this.#lost(code);
        if (!this.#hasOpened) {
          this.say('Unable to connect to the server.');
          this.#explain(this.#address);
        }
        this.#show('off');
      },
    };

    #lost(code) {
      if (this.#state === 'on') {
        const reason = REASONS[code] ? `: ${REASONS[code]}` : '';
        this.#page.crossings.gone(this);
        this.say(`Disconnected from server${code === LEFT ? '' : ` (${code}${reason})`}`);
      }
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
    }

    #tookOf({ from, millis }) {
      const took = inMillis(millis);
      return from === this ? `back in ${took}` : `from ${from.node} in ${took}`;
    }
  }

  Object.assign(window.Carillon, { Pane });
})();
