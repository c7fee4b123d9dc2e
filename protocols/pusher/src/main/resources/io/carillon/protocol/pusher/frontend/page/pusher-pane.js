'use strict';

/*
 * One client of the Pusher protocol. pusher-js connects, comes back and joins again by itself; this
 * tells it where to and in whose name, and shows what it says.
 */
(() => {
  const { PusherView, addressesIn, inMillis, nodeAt, withoutToken } = window.Carillon;
  const CHANNEL = 'presence-page-demo';
  /** At the node that has served this page: it knows the app's secret, and the page doesn't. */
  const AUTHORIZATION = 'page/pusher/auth';

  const STATES = { connecting: 'connecting', connected: 'on', unavailable: 'waiting' };

  const optionsFor = (address, name) => {
    const url = new URL(address);
    return {
      cluster: 'none', // The library insists on one; it isn't used where the host is given.
      wsHost: url.hostname,
      wsPort: Number(url.port || 80),
      wssPort: Number(url.port || 443),
      wsPath: url.pathname === '/' ? '' : url.pathname,
      forceTLS: url.protocol === 'wss:',
      enabledTransports: ['ws', 'wss'],
      enableStats: false,
      channelAuthorization: { transport: 'ajax', endpoint: AUTHORIZATION, params: { name } },
    };
  };

  /** By this an event is known on both sides. */
  const sign = (event, data, from) => JSON.stringify([event, data, from]);

  class PusherPane {
    #page;
    #view;
    #pusher = null;
    #channel = null;
    #address = '';

    /** @param page the app's key, messages under way, and changed(), told when members may be others */
    constructor(number, page) {
      this.node = '';
      this.name = '';
      this.#page = page;
      this.#view = new PusherView(number);
      this.#view.on('join', 'submit', () => (this.#pusher ? this.#leave() : this.#join()));
      this.#view.on('say', 'submit', () => this.#say());
      this.#view.on('wave', 'click', () => this.#send('client-wave', { hand: 'right' }));
    }

    get element() {
      return this.#view.element;
    }

    /** Whether the channel has taken it in. */
    get isIn() {
      return Boolean(this.#channel?.subscribed);
    }

    /** The ids of the members that its node tells of. */
    get members() {
      const ids = [];
      if (this.isIn) {
        this.#channel.members.each((member) => ids.push(member.id));
      }
      return ids.sort();
    }

    prefill(url, name) {
      this.#view.fill('url', url);
      this.#view.fill('name', name);
      this.#called(new URL(url).host);
    }

    /** Says so where another client is a member and this one's node doesn't tell of it. */
    compare(other) {
      const missing = this.isIn && other.isIn && !this.members.includes(other.name);
      this.#view.showMissing(
        missing
          ? `${other.name} has joined at ${other.node} and is missing here: the two nodes are not in one cluster, or have not heard of each other yet.`
          : '',
      );
    }

    #join() {
      const name = this.#view.text('name');
      const [address] = addressesIn(this.#view.text('url'));
      if (!name) {
        this.#note('Enter your name before joining.');
        this.#view.focus('name');
        return;
      }
      if (!address) {
        this.#note('Enter a valid WebSocket URL before joining.');
        this.#view.focus('url');
        return;
      }
      this.#view.fill('url', address);
      this.name = name;
      this.#address = address;
      this.#called(new URL(address).host);
      this.#connect();
    }

    #connect() {
      const pusher = new window.Pusher(this.#page.key, optionsFor(this.#address, this.name));
      const mine = (act) => (event) => this.#pusher === pusher && act(event);
      this.#pusher = pusher;
      this.#channel = pusher.subscribe(CHANNEL);
      this.#channel.bind('pusher:subscription_error', mine((why) => this.#note(`Not let in: ${why.error}`)));
      pusher.connection.bind('state_change', mine(({ current }) => this.#changed(current)));
      pusher.connection.bind('connecting_in', mine((seconds) => this.#pauses(seconds)));
      pusher.connection.bind('message', mine((event) => this.#hear(event)));
      pusher.connection.bind('error', mine((why) => this.#refused(why)));
      this.#view.showState('connecting');
    }

    #leave() {
      this.#pusher.disconnect();
    }

    #changed(state) {
      this.#view.showState(STATES[state] || 'off');
      if (state === 'connected') {
        this.#note(`Connected to ${withoutToken(this.#address, '…')}; socket ${this.#pusher.connection.socket_id}`);
        this.#askName();
      } else if (!STATES[state]) {
        this.#pusher = null;
        this.#channel = null;
        this.#note('Disconnected from server');
      }
      this.#showMembers();
    }

    /** The connection is lost, and pusher-js waits before it tries again. */
    #pauses(seconds) {
      this.#page.crossings.gone(this);
      this.#note('Connection lost, or not to be had.');
      this.#view.showState('waiting', performance.now() + seconds * 1000);
    }

    /** Before it has let a client in, a node says no in a message that pusher-js keeps to itself. */
    #refused({ type, error }) {
      if (type === 'WebSocketError' && error?.data?.code) {
        this.#note(`Refused: ${error.data.code} ${error.data.message}`);
      }
    }

    #hear(event) {
      const from = event.event.startsWith('client-');
      const crossing = from && this.#page.crossings.arrived(this, sign(event.event, event.data, event.user_id));
      const took = crossing && `from ${crossing.from.node} in ${inMillis(crossing.millis)}`;
      this.#view.append(from ? 'heard' : 'system', JSON.stringify(event), took);
      this.#showMembers();
    }

    #showMembers() {
      this.#view.showMembers(this.members);
      this.#page.changed();
    }

    #say() {
      if (this.#send('client-say', { text: this.#view.text('message') })) {
        this.#view.fill('message', '');
      }
    }

    /** Whoever sends an event doesn't get it, so the log says that it has left. */
    #send(event, data) {
      if (!this.isIn) {
        this.#note('The channel has not let this client in yet.');
        return false;
      }
      this.#page.crossings.left(this, sign(event, data, this.name));
      const sent = this.#channel.trigger(event, data);
      this.#note(`${sent ? 'Sent' : 'Not sent:'} ${event} ${JSON.stringify(data)}`);
      return sent;
    }

    #note(text) {
      this.#view.append('own', text);
    }

    async #askName() {
      const address = this.#address;
      const name = await nodeAt(address);
      if (name && this.#pusher && this.#address === address) {
        this.#called(name);
        this.#page.changed();
      }
    }

    #called(node) {
      this.node = node;
      this.#view.showNode(node);
    }
  }

  Object.assign(window.Carillon, { PusherPane });
})();
