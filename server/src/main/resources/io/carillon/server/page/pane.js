'use strict';

/*
 * One client as people see it: its connection, its topics, what it says and what it hears. Whatever
 * comes from the network is only ever shown as text.
 */
(() => {
  const { Link, addressesIn, inMillis } = window.Carillon;
  const MOST_LINES = 500;
  /** How long the question for a node's name may take, in milliseconds. */
  const PATIENCE = 3000;

  const SUBSCRIBED = /^System: Subscribed to "([\s\S]*)"\.$/;
  const LEFT = /^System: (?:Unsubscribed from|Not subscribed to) "([\s\S]*)"\.$/;
  const UNABLE = /^System: Unable to subscribe to "([\s\S]*)" right now\.$/;
  const GREETED = 'System: Send JSON messages to subscribe, unsubscribe, publish, or list subscriptions.';
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
  };

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

  /** The name that a node gives itself; a server that has none is called by its address. */
  const nameOf = async (address) => {
    const url = new URL(address);
    try {
      const scheme = url.protocol === 'wss:' ? 'https' : 'http';
      const options = { signal: AbortSignal.timeout(PATIENCE), credentials: 'omit', cache: 'no-store' };
      const answer = await fetch(`${scheme}://${url.host}/node`, options);
      const { node } = await answer.json();
      return answer.ok && typeof node === 'string' && node.trim() ? node : url.host;
    } catch {
      return url.host;
    }
  };

  class Pane {
    #page;
    #link;
    #fields;
    #name = '';
    #address = '';
    #state = 'off';
    #countdown = 0;
    /** What people want to be in, over all connections; null before the first is greeted. */
    #wanted = null;
    /** What the server says this connection is in. */
    #joined = new Set();
    #greeted = false;
    #hadFocus = null;

    constructor(number, page) {
      this.number = number;
      this.node = '';
      this.#page = page;
      this.#link = new Link(this.#listener());
      const copy = document.querySelector('template').content.cloneNode(true);
      this.element = copy.querySelector('.pane');
      this.#fields = (name) => this.element.querySelector(`.${name}`);
      const heading = this.element.querySelector('h2');
      heading.id = `client-${number}`;
      heading.textContent = `Client ${number}`;
      this.element.setAttribute('aria-labelledby', heading.id);
      this.#fields('log').setAttribute('aria-label', `What client ${number} hears`);
      this.#listenToPeople();
    }

    remembered() {
      return addressesIn(this.#page.memory.get(`carillon.url.${this.number}`) || '').join(' ');
    }

    prefill(url, name) {
      this.#fields('url').value = url;
      this.#fields('name').value = name;
      const [first] = addressesIn(url);
      this.#called(first ? new URL(first).host : '');
    }

    /** A line of the page's own. */
    say(text) {
      this.#append('own', text);
    }

    #listenToPeople() {
      const on = (name, event, act) =>
        this.#fields(name).addEventListener(event, (happened) => {
          happened.preventDefault();
          act();
        });
      on('join', 'submit', () => (this.#state === 'off' ? this.#join() : this.#link.close()));
      on('retry', 'click', () => this.#link.retry());
      on('topics', 'submit', () => this.#command({ action: 'subscribe', topic: this.#topic() }));
      on('unsubscribe', 'click', () => this.#command({ action: 'unsubscribe', topic: this.#topic() }));
      on('list', 'click', () => this.#command({ action: 'list' }));
      on('say', 'submit', () => this.#publish());
    }

    #topic() {
      return this.#fields('topic').value.trim();
    }

    #join() {
      const name = this.#fields('name').value.trim();
      const addresses = addressesIn(this.#fields('url').value);
      if (!name) {
        this.say('Enter your name before joining.');
        this.#fields('name').focus();
        return;
      }
      if (!addresses.length) {
        this.say('Enter a valid WebSocket URL before joining.');
        this.#fields('url').focus();
        return;
      }
      this.#fields('url').value = addresses.join(' ');
      this.#page.memory.set(`carillon.url.${this.number}`, addresses.join(' '));
      this.#name = name;
      this.#wanted = null;
      this.#link.open(addresses, name);
    }

    #command(command) {
      if (!this.#link.send(command)) {
        this.say('Join the chat before sending commands.');
        return false;
      }
      return true;
    }

    #publish() {
      const topic = this.#topic();
      const message = this.#fields('message').value.trim();
      if (!topic) {
        this.say('Enter a topic before sending a message.');
        return;
      }
      if (message && this.#joined.has(topic)) {
        this.#page.crossings.left(this, `[${topic}] ${this.#name}: ${message}`);
      }
      if (this.#command({ action: 'publish', topic, message })) {
        this.#fields('message').value = '';
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
          this.#greeted = false;
          this.#joined.clear();
          this.#show('on');
          this.say(`Joined as ${this.#name}`);
          this.say(`Connected to ${address}`);
          if (!this.#wanted) {
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
          } else if (this.#state === 'on') {
            this.#page.crossings.gone(this);
            this.say('Disconnected from server');
          }
          this.#joined.clear();
          this.#show('off');
        },
      };
    }

    async #askName(address) {
      const name = await nameOf(address);
      if (this.#address === address && this.#state === 'on') {
        this.#called(name);
      }
    }

    #called(node) {
      this.node = node;
      this.#fields('node').textContent = node;
      this.#page.showNode(this);
    }

    #hear(text) {
      const crossing = this.#page.crossings.arrived(this, text);
      const line = this.#append(text.startsWith('[') ? 'heard' : 'system', text);
      if (crossing) {
        const took = inMillis(crossing.millis);
        const own = crossing.from === this;
        line.append(span('took', own ? `back in ${took}` : `from ${crossing.from.node} in ${took}`));
        const said = text.slice(text.indexOf(': ', text.indexOf('] ')) + 2);
        this.#page.showCrossing({ from: crossing.from, to: this, millis: crossing.millis, text: said });
      }
      if (REFUSED.includes(text)) {
        this.#page.crossings.refused(this);
      }
      this.#follow(text);
    }

    /** Keeps account of the topics that this client is in, by what the server says. */
    #follow(text) {
      const [, subscribed] = SUBSCRIBED.exec(text) || [];
      const [, left] = LEFT.exec(text) || [];
      const [, unable] = UNABLE.exec(text) || [];
      if (subscribed !== undefined) {
        this.#joined.add(subscribed);
        if (this.#greeted) {
          this.#wanted.add(subscribed);
        }
      } else if (left !== undefined) {
        this.#joined.delete(left);
        this.#wanted?.delete(left);
      } else if (text === GREETED && !this.#greeted) {
        this.#greeted = true;
        this.#restore();
      } else if (unable !== undefined && this.#wanted?.has(unable)) {
        setTimeout(() => this.#again(unable), 1000 + Math.random() * 2000);
      } else {
        return;
      }
      this.#showTopics();
    }

    /** After a reconnection: into the topics of before, and out of the one that one joins by itself. */
    #restore() {
      if (!this.#wanted) {
        this.#wanted = new Set(this.#joined);
        return;
      }
      this.#joined.forEach((topic) => this.#wanted.has(topic) || this.#link.send({ action: 'unsubscribe', topic }));
      this.#wanted.forEach((topic) => this.#again(topic));
    }

    #again(topic) {
      if (this.#greeted && this.#wanted?.has(topic) && !this.#joined.has(topic)) {
        this.#link.send({ action: 'subscribe', topic });
      }
    }

    #show(state, until) {
      const controls = [...this.element.querySelectorAll('fieldset')];
      const focus = document.activeElement;
      if (this.element.contains(focus) && focus.matches('input, fieldset button')) {
        this.#hadFocus = focus;
      }
      this.#state = state;
      this.element.dataset.state = state;
      this.#fields('state').textContent = STATES[state];
      this.#fields('enter').textContent = state === 'off' ? 'Join' : 'Leave';
      this.#fields('retry').hidden = state !== 'waiting';
      this.#fields('url').disabled = state !== 'off';
      this.#fields('name').disabled = state !== 'off';
      controls.forEach((set) => (set.disabled = state !== 'on'));
      this.#showTopics();
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
        const wanted = this.#hadFocus.matches(':disabled') ? this.#fields(this.#state === 'on' ? 'message' : 'enter') : this.#hadFocus;
        wanted.focus();
        this.#hadFocus = null;
      }
    }

    #count(until) {
      clearInterval(this.#countdown);
      const field = this.#fields('countdown');
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

    #showTopics() {
      const items = [...this.#joined].sort().map((topic) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'chip';
        button.textContent = topic;
        button.disabled = this.#state !== 'on';
        button.title = 'Put into the topic field';
        button.addEventListener('click', () => (this.#fields('topic').value = topic));
        const item = document.createElement('li');
        item.append(button);
        return item;
      });
      this.#fields('joined').replaceChildren(...items);
    }

    #append(kind, text) {
      const log = this.#fields('log');
      const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
      const line = document.createElement('p');
      line.className = kind;
      line.append(span('text', text));
      log.append(line);
      while (log.childElementCount > MOST_LINES) {
        log.firstElementChild.remove();
      }
      if (atEnd) {
        requestAnimationFrame(() => (log.scrollTop = log.scrollHeight));
      }
      return line;
    }
  }

  Object.assign(window.Carillon, { Pane });
})();
