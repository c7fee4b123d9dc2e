'use strict';

const assert = require('node:assert/strict');
const { describe, test } = require('node:test');
const { PONG, Socket, World, settled } = require('./world.js');

describe('a client that connects', () => {
  test('puts its name into the address and keeps the rest of it', () => {
    const { client, sockets } = new World({ name: 'Ann & Bob' }, 'https://node/ws?token=t&name=x#part');
    client.connect();

    assert.equal(sockets[0].url, 'wss://node/ws?token=t&name=Ann%20%26%20Bob');
    assert.deepEqual(sockets[0].protocols, []);
  });

  test('sends a token as a subprotocol, and asks for one before each connection', async () => {
    let number = 0;
    const world = new World({ token: async () => `t${++number}` });
    world.client.connect();
    await settled();
    assert.deepEqual(world.socket.protocols, ['carillon.topics.v1', 'bearer.t1']);

    world.socket.greet().end(1006);
    world.clock.advance(world.state.delay);
    await settled();
    assert.deepEqual(world.socket.protocols, ['carillon.topics.v1', 'bearer.t2']);
  });

  test('waits where no token can be had, and forgets a token that comes too late', async () => {
    let give;
    const world = new World({ token: () => new Promise((resolve) => (give = resolve)) });
    world.client.connect();
    await settled();
    world.clock.advance(10_000);
    assert.equal(world.state.reason, 'no connection in time');
    give('late');
    await settled();
    assert.equal(world.sockets.length, 0);

    const failing = new World({ token: () => Promise.reject(new Error('away')) });
    failing.client.connect();
    await settled();
    assert.equal(failing.state.reason, 'no token: Error: away');
  });

  test('tries its addresses in turn', () => {
    const world = new World({}, ['ws://one/', 'ws://two/']);
    world.client.connect();
    for (let i = 0; i < 2; i++) {
      world.socket.end(1006);
      world.clock.advance(world.state.delay);
    }

    assert.deepEqual(world.sockets.map(({ url }) => url), ['ws://one/', 'ws://two/', 'ws://one/']);
  });

  test('gives up a handshake that takes too long, and ignores what comes of it later', () => {
    const world = new World();
    world.client.connect();
    const [slow] = world.sockets;
    world.clock.advance(10_000);

    assert.equal(world.state.state, 'waiting');
    assert.deepEqual(slow.closes, [undefined]);
    slow.open().say('Welcome, Ann!').end(1000);
    assert.equal(world.state.state, 'waiting');
    assert.equal(world.client.name, '');
  });

  test('waits where the platform refuses an address', () => {
    const world = new World({
      WebSocket: class {
        constructor() {
          throw new Error('insecure');
        }
      },
    });
    world.client.connect();

    assert.equal(world.state.state, 'waiting');
    assert.equal(world.state.reason, 'Error: insecure');
  });
});

describe('a client that has lost its connection', () => {
  test('backs off with full jitter, up to a limit', () => {
    const world = new World();
    world.client.connect();
    const longest = [];
    for (let i = 0; i < 6; i++) {
      world.random = 0.999;
      world.socket.end(1006);
      longest.push(Math.round(world.state.delay / 0.999));
      world.clock.advance(world.state.delay);
    }
    assert.deepEqual(longest, [1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);

    world.random = 0;
    world.socket.end(1006);
    assert.equal(world.state.delay, 0);
  });

  test('forgets its failures only when a connection was stable', () => {
    const world = World.ready();
    world.random = 1;
    const delayAfter = (held, code = 1006) => {
      world.clock.advance(held);
      world.socket.end(code);
      const { delay } = world.state;
      world.reconnect();
      return delay;
    };

    assert.equal(delayAfter(4_999), 1_000);
    assert.equal(delayAfter(4_999), 2_000);
    assert.equal(delayAfter(5_000), 1_000);
  });

  for (const [code, longest] of [[1000, 1_000], [1001, 250], [1006, 1_000], [1009, 1_000], [1011, 4_000], [1012, 250], [1013, 4_000]]) {
    test(`pauses for ${longest} ms at most after ${code}`, () => {
      const world = World.ready();
      world.random = 1;
      world.clock.advance(5_000);
      world.socket.end(code, 'words');

      assert.deepEqual(world.state, { state: 'waiting', code, reason: 'words', status: null, delay: longest, failures: world.state.failures });
    });
  }

  test('backs off where each node sends it away at once', () => {
    const world = World.ready();
    world.random = 1;
    world.socket.end(1012);
    assert.equal(world.state.delay, 1_000);
    world.reconnect().end(1012);
    assert.equal(world.state.delay, 2_000);
  });

  for (const code of [1002, 1007, 1008, 4401]) {
    test(`stays closed after ${code}`, async () => {
      const world = World.ready();
      const joining = world.client.subscribe('t');
      world.clock.advance(5_000);
      world.socket.end(code, 'words');

      assert.deepEqual(world.state, { state: 'closed', code, reason: 'words', status: null });
      assert.deepEqual(await joining, { outcome: 'refused', reason: 'words' });
      assert.equal(world.clock.pending, 0);
    });
  }

  test('comes back with a new token after 4401 if it can get one', async () => {
    const world = new World({ token: () => 'new' });
    world.client.connect();
    await settled();
    world.socket.greet();
    world.clock.advance(5_000);
    world.random = 1;
    world.socket.end(4401);

    assert.equal(world.state.delay, 250);
    world.clock.advance(250);
    await settled();
    world.socket.greet().end(4401);
    assert.equal(world.state.delay, 2_000, 'a token that is refused at once is no reason to hurry');
  });

  test('connects at once when asked to', () => {
    const world = World.ready();
    world.socket.end(1006);
    world.client.retry();
    assert.equal(world.sockets.length, 2);

    world.client.retry();
    world.clock.advance(1_000);
    assert.equal(world.sockets.length, 2, 'the pause is over, and so is the reason to ask');
  });

  test('may be closed in every state', () => {
    for (const reach of [
      () => {},
      (world) => world.client.connect(),
      (world) => (world.client.connect(), world.socket.open()),
      (world) => (world.client.connect(), world.socket.greet()),
      (world) => (world.client.connect(), world.socket.end(1006)),
    ]) {
      const world = new World();
      reach(world);
      world.client.close();
      world.client.close();
      world.clock.advance(60_000);
      assert.equal(world.client.state, 'closed');
      assert.ok(world.sockets.length <= 1);
      assert.equal(world.clock.pending, 0);
    }
  });

  test('says goodbye when it is closed', () => {
    const world = World.ready();
    world.client.close();
    assert.deepEqual(world.socket.closes, [1000]);
  });

  test('may be closed by a handler in the middle of a greeting', () => {
    const world = new World();
    world.client.on('line', (line) => line.includes('lobby') && world.client.close());
    world.client.connect();
    world.socket.greet();
    assert.equal(world.client.state, 'closed');
    assert.deepEqual(world.client.topics, []);
  });

  test('goes on although a handler fails, and may be closed by one', () => {
    const failures = [];
    const caught = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.once('uncaughtException', (error) => failures.push(error.message));
    const world = World.ready();
    world.client.on('line', () => {
      throw new Error('handler');
    });
    world.client.on('line', () => world.client.close());
    world.socket.say('[lobby] Bob: hi');
    assert.equal(world.client.state, 'closed');

    return settled().then(() => {
      caught.forEach((listener) => process.on('uncaughtException', listener));
      assert.deepEqual(failures, ['handler']);
    });
  });
});

/** What the library ws has besides. */
class WsSocket extends Socket {
  listeners = {};

  on(event, act) {
    this.listeners[event] = act;
  }

  terminate() {
    this.terminated = true;
  }

  refuse(statusCode, headers = {}) {
    this.listeners['unexpected-response']({}, { statusCode, headers });
  }
}

describe('a refused handshake that the platform shows', () => {
  const refused = (status, headers, options) => {
    const world = new World({ WebSocket: WsSocket, ...options });
    world.client.connect();
    world.socket.refuse(status, headers);
    return world;
  };

  test('has its Retry-After as the lower bound of the pause', () => {
    const world = refused(503, { 'retry-after': '7' });
    assert.equal(world.state.status, 503);
    assert.equal(world.state.delay, 7_500);
    assert.ok(world.sockets[0].terminated);

    world.clock.advance(7_499);
    assert.equal(world.sockets.length, 1);
    world.clock.advance(1);
    assert.equal(world.sockets.length, 2);
  });

  for (const [header, delay] of [['86400', 600_500], ['soon', 500], ['-5', 500], [undefined, 500]]) {
    test(`with a Retry-After of ${header} pauses for ${delay} ms`, () => {
      assert.equal(refused(503, header === undefined ? {} : { 'retry-after': header }).state.delay, delay);
    });
  }

  for (const status of [400, 401, 403]) {
    test(`with ${status} is final`, () => {
      assert.equal(refused(status).state.state, 'closed');
    });
  }

  test('with 401 asks for another token if it can', async () => {
    const world = new World({ WebSocket: WsSocket, token: () => 't' });
    world.client.connect();
    await settled();
    world.socket.refuse(401);
    assert.equal(world.state.state, 'waiting');
  });
});

describe('silence', () => {
  test('is broken by a ping after an interval', () => {
    const world = World.ready();
    world.clock.advance(29_999);
    assert.deepEqual(world.socket.take(), []);
    world.clock.advance(1);
    assert.deepEqual(world.socket.take(), ['ping']);

    world.socket.say(PONG);
    world.clock.advance(29_999);
    assert.deepEqual(world.socket.take(), []);
    world.clock.advance(1);
    assert.deepEqual(world.socket.take(), ['ping']);
  });

  test('means that the connection is lost if the ping has no answer', () => {
    const world = World.ready();
    world.clock.advance(44_999);
    assert.equal(world.state.state, 'ready');
    world.clock.advance(1);

    assert.equal(world.state.reason, 'the server is silent');
    assert.equal(world.state.code, 1006);
    assert.deepEqual(world.socket.closes, [undefined]);
  });

  test('is no silence while messages come', () => {
    const world = World.ready();
    for (let i = 0; i < 10; i++) {
      world.clock.advance(14_000);
      world.socket.say('[lobby] Bob: hi');
    }
    assert.deepEqual(world.socket.take(), []);
    assert.equal(world.state.state, 'ready');
  });

  test('after a command needs no ping', () => {
    const world = World.ready();
    world.clock.advance(1_000);
    world.client.subscribe('t');
    world.clock.advance(14_999);
    assert.equal(world.state.state, 'ready');
    world.clock.advance(1);
    assert.equal(world.state.reason, 'the server is silent');
  });

  test('instead of a greeting counts, too', () => {
    const world = new World();
    world.client.connect();
    world.socket.open();
    world.clock.advance(15_000);
    assert.equal(world.state.reason, 'the server is silent');
  });

  test("is no silence where the node's own pings are seen", () => {
    const world = World.ready({ WebSocket: WsSocket });
    for (let i = 0; i < 4; i++) {
      world.clock.advance(25_000);
      world.socket.listeners.ping();
    }
    assert.deepEqual(world.socket.take(), []);
    world.clock.advance(45_000);
    assert.ok(world.socket.terminated);
  });
});
