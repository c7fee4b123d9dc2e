// Clients of pusher-js that a test drives, in Node and in a browser, and of Laravel Echo in a browser. Every
// call names a client; what it hears waits in mailboxes, one for each channel, until the test takes it.

'use strict';

/** What somebody has heard, in its order, for a test to take one by one. */
class Mailbox {
  constructor() {
    this.lines = [];
    this.takers = [];
  }

  put(line) {
    const taker = this.takers.shift();
    if (taker) {
      taker(line);
    } else {
      this.lines.push(line);
    }
  }

  /** The next line; null where none comes in time. */
  take(milliseconds) {
    if (this.lines.length > 0) {
      return Promise.resolve(this.lines.shift());
    }
    return new Promise((resolve) => {
      const taker = (line) => {
        clearTimeout(timer);
        resolve(line);
      };
      const timer = setTimeout(() => {
        this.takers.splice(this.takers.indexOf(taker), 1);
        resolve(null);
      }, milliseconds);
      this.takers.push(taker);
    });
  }
}

/** The members of a presence channel, as pusher-js keeps them, in an order of ours. */
function roster(members) {
  const sorted = {};
  members.each((member) => (sorted[member.id] = member.info));
  const names = Object.keys(sorted).sort();
  const ordered = Object.fromEntries(names.map((name) => [name, sorted[name]]));
  return { count: members.count, me: members.me ? members.me.id : null, members: ordered };
}

function describe(event, data) {
  const shown = data && typeof data.each === 'function' ? roster(data) : data;
  return shown === undefined ? event : `${event} ${JSON.stringify(shown)}`;
}

/** One pusher-js. */
class Client {
  constructor(pusher) {
    this.pusher = pusher;
    this.mailboxes = new Map();
    const connection = this.mailbox('connection');
    const complaints = this.mailbox('complaints');
    pusher.connection.bind('state_change', (states) => connection.put(states.current));
    pusher.connection.bind('error', (error) => {
      // Before it has connected, the library wraps what the server says.
      const said = error.error || error;
      if (said.data && said.data.code) {
        connection.put(`error ${said.data.code}`);
      } else {
        complaints.put(JSON.stringify(said));
      }
    });
    this.listen(pusher.user, 'user');
    this.listen(pusher.user.watchlist, 'watchlist');
    pusher.connection.bind('message', (message) => this.overhear(message));
  }

  /** What the library keeps to itself. */
  overhear({ event, channel = '', data }) {
    if (event === 'pusher:signin_success') {
      this.mailbox('user').put(`${event} ${JSON.parse(data.user_data).id}`);
    } else if (event === 'pusher_internal:subscription_succeeded' && channel.startsWith('#')) {
      this.mailbox('user').put(`subscribed ${channel}`);
    } else if (event.startsWith('client-')) {
      this.mailbox('client events').put(`${channel} ${event}`);
    }
  }

  mailbox(name) {
    if (!this.mailboxes.has(name)) {
      this.mailboxes.set(name, new Mailbox());
    }
    return this.mailboxes.get(name);
  }

  listen(source, name) {
    source.bind_global((event, data) => this.mailbox(name).put(describe(event, data)));
  }

  /** What comes whenever somebody comes or goes has mailboxes of its own. */
  hear(channel, event, data) {
    if (event === 'pusher:subscription_count') {
      this.mailbox(`${channel} count`).put(String(data.subscription_count));
    } else if (event.startsWith('pusher:member_')) {
      this.mailbox(`${channel} members`).put(describe(event, data));
    } else if (event === 'pusher:cache_miss') {
      this.mailbox(channel).put(event);
    } else if (event !== 'client-said') {
      this.mailbox(channel).put(describe(event, data));
    }
  }

  subscribe(name) {
    const channel = this.pusher.subscribe(name);
    channel.bind_global((event, data) => this.hear(name, event, data));
    // The user who has said it is told only to those who listen to an event by its name.
    channel.bind('client-said', (data, about) => {
      const user = about && about.user_id !== undefined ? ` by ${JSON.stringify(about.user_id)}` : '';
      this.mailbox(name).put(describe('client-said', data) + user);
    });
  }
}

/** One Laravel Echo over its own pusher-js. */
class EchoClient extends Client {
  constructor(echo) {
    super(echo.connector.pusher);
    this.echo = echo;
    this.channels = new Map();
  }

  channel(kind, name) {
    const key = `${kind} ${name}`;
    if (!this.channels.has(key)) {
      const box = this.mailbox(key);
      const channel = this.echo[kind](name);
      channel.subscribed(() => box.put('subscribed'));
      channel.error((error) => box.put(`error ${error.status}`));
      if (kind === 'join') {
        channel.here((members) => box.put(describe('here', members)));
        channel.joining((member) => box.put(describe('joining', member)));
        channel.leaving((member) => box.put(describe('leaving', member)));
      }
      this.channels.set(key, channel);
    }
    return this.channels.get(key);
  }
}

/** All clients of this program, and what a test may ask of them. */
class Clients {
  constructor(Pusher, key, Echo) {
    this.Pusher = Pusher;
    this.key = key;
    this.Echo = Echo;
    this.clients = new Map();
  }

  options({ port, user = '', watchlist = '', backend }) {
    const headers = { 'X-User': user, 'X-Watchlist': watchlist };
    return {
      wsHost: '127.0.0.1',
      wsPort: port,
      forceTLS: false,
      enabledTransports: ['ws'],
      disableStats: true,
      cluster: '',
      channelAuthorization: { endpoint: `${backend}/pusher/auth`, transport: 'ajax', headers },
      userAuthentication: { endpoint: `${backend}/pusher/user-auth`, transport: 'ajax', headers },
    };
  }

  client(name) {
    const client = this.clients.get(name);
    if (!client) {
      throw new Error(`no client is called ${name}`);
    }
    return client;
  }

  connect(args) {
    const pusher = new this.Pusher(args.key || this.key, this.options(args));
    this.clients.set(args.client, new Client(pusher));
  }

  connectEcho(args) {
    const options = { ...this.options(args), broadcaster: args.broadcaster, key: this.key };
    const echo = new this.Echo({ ...options, client: new this.Pusher(this.key, options) });
    this.clients.set(args.client, new EchoClient(echo));
  }

  take({ client, box, milliseconds }) {
    return this.client(client).mailbox(box).take(milliseconds);
  }

  subscribe({ client, channel }) {
    this.client(client).subscribe(channel);
  }

  unsubscribe({ client, channel }) {
    this.client(client).pusher.unsubscribe(channel);
  }

  trigger({ client, channel, event, data }) {
    return this.client(client).pusher.channel(channel).trigger(event, data);
  }

  /** What the library itself would not let go out. */
  send({ client, channel, event, data }) {
    return this.client(client).pusher.send_event(event, data, channel);
  }

  members({ client, channel }) {
    return roster(this.client(client).pusher.channel(channel).members);
  }

  signin({ client }) {
    this.client(client).pusher.signin();
  }

  state({ client }) {
    return this.client(client).pusher.connection.state;
  }

  socketId({ client }) {
    return this.client(client).pusher.connection.socket_id;
  }

  disconnect({ client }) {
    this.client(client).pusher.disconnect();
  }

  echoSubscribe({ client, kind, channel }) {
    this.client(client).channel(kind, channel);
  }

  echoListen({ client, kind, channel, method, event }) {
    const box = this.client(client).mailbox(`${kind} ${channel}`);
    const heard = (data) => box.put(describe(event || method, data));
    const subscribed = this.client(client).channel(kind, channel);
    if (event) {
      subscribed[method](event, heard);
    } else {
      subscribed[method](heard);
    }
  }

  echoWhisper({ client, kind, channel, event, data }) {
    this.client(client).channel(kind, channel).whisper(event, data);
  }

  echoLeave({ client, channel }) {
    this.client(client).echo.leave(channel);
  }

  /** Opens a WebSocket of this platform's, which breaks off where none of its subprotocols is selected. */
  selectedSubprotocol({ port, path, subprotocols }) {
    return new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, subprotocols);
      socket.onopen = () => {
        resolve(`selected ${socket.protocol}`);
        socket.close();
      };
      socket.onerror = () => resolve('broken off');
    });
  }

  forgetAll() {
    this.clients.forEach((client) => client.pusher.disconnect());
    this.clients.clear();
  }
}

if (typeof module !== 'undefined') {
  module.exports = { Clients };
}
