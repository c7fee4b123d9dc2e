'use strict';

const assert = require('node:assert/strict');
const { describe, test } = require('node:test');
const { HOW_TO, PONG, World, settled } = require('./world.js');

describe('topics', () => {
  test('are joined as soon as a node has greeted, and heard', async () => {
    const world = new World();
    const joining = world.client.subscribe(' news ');
    world.client.connect();
    world.socket.greet();
    assert.deepEqual(world.socket.take(), ['subscribe news']);
    world.socket.say('System: Subscribed to "news".', '[news] Bob: one: two');

    assert.deepEqual(await joining, { outcome: 'subscribed', reason: '' });
    assert.deepEqual(world.client.topics, ['lobby', 'news']);
    assert.deepEqual(world.take('subscribed').map(({ topic, recovered, position }) => [topic, recovered, position]), [
      ['lobby', false, null],
      ['news', false, null],
    ]);
    assert.deepEqual(world.take('message'), [{ topic: 'news', name: 'Bob', text: 'one: two', position: null }]);
    assert.deepEqual(world.take('gap'), []);
  });

  test('are asked for once, however often they are wanted', async () => {
    const world = World.ready();
    const both = [world.client.subscribe('t'), world.client.subscribe('t')];
    assert.deepEqual(world.socket.take(), ['subscribe t']);
    world.socket.say('System: Already subscribed to "t".');
    assert.deepEqual((await Promise.all(both)).map(({ outcome }) => outcome), ['subscribed', 'subscribed']);

    await world.client.subscribe('t');
    assert.deepEqual(world.socket.take(), []);
  });

  test('are joined again after a reconnection, which is a gap', () => {
    const world = World.ready();
    world.client.subscribe('t');
    world.clock.advance(100);
    world.socket.say('System: Subscribed to "t".');
    const heard = world.clock.now();
    world.take('subscribed');
    world.clock.advance(5_000);
    world.socket.end(1006);
    assert.deepEqual(world.client.topics, []);

    world.reconnect();
    assert.deepEqual(world.socket.take(), ['subscribe t']);
    assert.deepEqual(world.take('gap').map(({ topic }) => topic), ['lobby']);
    world.clock.advance(100);
    world.socket.say('System: Subscribed to "t".');
    assert.deepEqual(world.take('gap'), [{ topic: 't', since: heard, until: world.clock.now(), cause: 'reconnect', position: null }]);
    assert.deepEqual(world.take('subscribed').map(({ topic }) => topic), ['lobby', 't']);
  });

  test('have one gap over all connections that could not join them', () => {
    const world = World.ready();
    world.client.subscribe('t');
    world.socket.say('System: Subscribed to "t".');
    const heard = world.clock.now();
    world.clock.advance(5_000);
    world.socket.end(1006);
    world.reconnect().end(1006);
    world.reconnect().say('System: Unable to subscribe to "t" right now.');
    world.clock.advance(15_000);
    world.socket.say('System: Subscribed to "t".');

    assert.deepEqual(world.take('gap').filter(({ topic }) => topic === 't').map(({ since, until }) => [since, until]), [
      [heard, world.clock.now()],
    ]);
  });

  test('that a node is unable to join now are asked for again, ever more slowly', async () => {
    const world = World.ready();
    world.random = 1;
    const joining = world.client.subscribe('t');
    for (const pause of [2_000, 3_000, 5_000]) {
      world.socket.take();
      world.socket.say('System: Unable to subscribe to "t" right now.');
      world.clock.advance(pause - 1);
      assert.deepEqual(world.socket.take(), []);
      world.clock.advance(1);
      assert.deepEqual(world.socket.take(), ['subscribe t']);
    }
    world.socket.say('System: Subscribed to "t".');

    assert.equal((await joining).outcome, 'subscribed');
    world.client.subscribe('u');
    world.socket.take();
    world.socket.say('System: Unable to subscribe to "u" right now.');
    world.clock.advance(2_000);
    assert.deepEqual(world.socket.take(), ['subscribe u'], 'a success makes the pause short again');
    assert.deepEqual(world.take('refused').at(0), { topic: 't', reason: 'Unable to subscribe to "t" right now.', isRetrying: true });
  });

  for (const reason of [
    'You may not subscribe to "t".',
    'Too many subscriptions; unsubscribe from a topic first.',
    'Topic names may have at most 512 bytes.',
    'Topic names are valid Unicode; this one has half a character.',
    'Topic name is required.',
  ]) {
    test(`are given up after: ${reason}`, async () => {
      const world = World.ready();
      const joining = world.client.subscribe('t');
      world.socket.say(`System: ${reason}`);

      assert.deepEqual(await joining, { outcome: 'refused', reason });
      assert.deepEqual(world.take('refused'), [{ topic: 't', reason, isRetrying: false }]);
      world.clock.advance(5_000);
      world.socket.end(1006);
      world.reconnect();
      assert.deepEqual(world.socket.take(), []);
    });
  }

  test('are left, and stay left', async () => {
    const world = World.ready();
    world.client.subscribe('t');
    world.socket.say('System: Subscribed to "t".').take();
    const leaving = world.client.unsubscribe('t');
    assert.deepEqual(world.socket.take(), ['unsubscribe t']);
    world.socket.say('[t] Bob: late', 'System: Unsubscribed from "t".');
    await leaving;

    assert.deepEqual(world.take('message'), []);
    assert.deepEqual(world.take('unsubscribed'), [{ topic: 't' }]);
    world.clock.advance(5_000);
    world.socket.end(1006);
    world.reconnect();
    assert.deepEqual(world.socket.take(), []);
  });

  test('may be left and joined again while a node still answers', async () => {
    const world = World.ready();
    const first = world.client.subscribe('t');
    world.client.unsubscribe('t');
    const second = world.client.subscribe('t');
    assert.deepEqual(world.socket.take(), ['subscribe t', 'unsubscribe t', 'subscribe t']);
    world.socket.say('System: Subscribed to "t".', 'System: Unsubscribed from "t".');
    assert.deepEqual(world.client.topics, ['lobby']);
    world.socket.say('System: Subscribed to "t".');

    assert.deepEqual(world.client.topics, ['lobby', 't']);
    assert.deepEqual([(await first).outcome, (await second).outcome], ['refused', 'subscribed']);
  });

  test('may be left without a connection', async () => {
    const world = new World();
    const joining = world.client.subscribe('t');
    await world.client.unsubscribe('t');
    world.client.connect();
    world.socket.greet();

    assert.deepEqual(world.socket.take(), []);
    assert.deepEqual(await joining, { outcome: 'refused', reason: 'unsubscribed' });
  });

  test('are bounded', async () => {
    const world = new World({ topics: 1 });
    world.client.subscribe('a');
    assert.deepEqual(await world.client.subscribe('b'), { outcome: 'refused', reason: 'too many topics' });
    world.client.connect();
    world.socket.open().say('Welcome, Ann!', HOW_TO);
    assert.deepEqual(world.socket.take(), ['subscribe a']);
  });
});

describe('the default topic', () => {
  test('is kept where the application does not mind', () => {
    const world = World.ready();
    assert.deepEqual(world.client.topics, ['lobby']);
    assert.deepEqual(world.socket.take(), []);
  });

  test('is left at each greeting once the application has left it', () => {
    const world = World.ready();
    world.client.unsubscribe('lobby');
    world.socket.say('System: Unsubscribed from "lobby".');
    world.clock.advance(5_000);
    world.socket.end(1006);

    world.reconnect();
    assert.deepEqual(world.socket.take(), ['unsubscribe lobby']);
    assert.deepEqual(world.client.topics, []);
    assert.deepEqual(world.take('gap'), []);
  });

  test('is left at once where the application asks for that, and nothing of it is heard', () => {
    const world = World.ready({ defaultTopic: 'leave' });
    assert.deepEqual(world.socket.take(), ['unsubscribe lobby']);
    world.socket.say('[lobby] Bob: hi', 'System: Unsubscribed from "lobby".');
    assert.deepEqual(world.take('message'), []);
  });

  test('is kept where the application has subscribed to it', () => {
    const world = new World({ defaultTopic: 'leave' });
    world.client.subscribe('lobby');
    world.client.connect();
    world.socket.greet();
    assert.deepEqual(world.socket.take(), []);
    assert.deepEqual(world.client.topics, ['lobby']);
  });

  test('may be forbidden', () => {
    const world = new World();
    world.client.connect();
    world.socket.open().say('Welcome, Ann!', 'System: You may not subscribe to "lobby".', HOW_TO);
    assert.equal(world.client.state, 'ready');
    assert.deepEqual(world.client.topics, []);
  });
});

describe('lines', () => {
  const heard = (topics, line) => {
    const world = World.ready();
    for (const topic of topics) {
      world.client.subscribe(topic);
      world.socket.say(`System: Subscribed to "${topic}".`);
    }
    world.socket.say(line);
    return world.take('message').map(({ topic, name, text }) => [topic, name, text])[0];
  };

  test('of a topic with a bracket in its name are recognised', () => {
    assert.deepEqual(heard(['a', 'a] b'], '[a] b] Bob: hi'), ['a] b', 'Bob', 'hi']);
    assert.deepEqual(heard(['a'], '[a] b] Bob: hi'), ['a', 'b] Bob', 'hi']);
  });

  test('may be empty behind the name, and have several lines', () => {
    assert.deepEqual(heard(['a'], '[a] Bob: \n: x\n'), ['a', 'Bob', '\n: x\n']);
  });

  test('of other topics, and of no form, are no messages', () => {
    assert.equal(heard(['a'], '[b] Bob: hi'), undefined);
    assert.equal(heard(['a'], '[a] hi'), undefined);
    assert.equal(heard(['a'], '[lobby Bob: hi'), undefined);
  });

  test('with many brackets take no longer than others', () => {
    const world = World.ready();
    const line = `[lobby] Bob: ${'] '.repeat(1_000_000)}`;
    const before = process.cpuUsage().user;
    world.socket.say(line);
    assert.ok(process.cpuUsage().user - before < 60_000);
    assert.equal(world.take('message')[0].text.length, 2_000_000);
  });

  test('are all told, but for answers to pings', () => {
    const world = new World();
    const lines = [];
    world.client.on('line', (line) => lines.push(line));
    world.client.connect();
    world.socket.greet().say('System: Something new.', PONG);

    assert.deepEqual(lines, ['Welcome, Ann!', 'System: Subscribed to "lobby".', HOW_TO, 'System: Something new.']);
    assert.deepEqual(world.take('notice'), ['Something new.']);
    assert.equal(world.client.name, 'Ann');
  });

  test('that answer in unknown words hold nothing up', async () => {
    const world = World.ready();
    const joining = world.client.subscribe('t');
    const publishing = world.client.publish('lobby', 'm');
    world.socket.say('System: Der Kanal ist belegt.', PONG);

    assert.deepEqual(await publishing, { outcome: 'accepted', reason: '' });
    assert.equal(world.take('refused')[0].isRetrying, true);
    world.clock.advance(2_000);
    world.socket.say('System: Subscribed to "t".');
    assert.equal((await joining).outcome, 'subscribed');
  });

  test('answer requests in their order', async () => {
    const world = new World();
    assert.equal(await world.client.request({ action: 'list' }), null);
    world.client.connect();
    world.socket.greet();
    const answers = Promise.all(
      [{ action: 'list' }, { action: 'publish', topic: 'x', message: '' }, { action: 'constructor' }, { action: 'list' }].map((it) =>
        world.client.request(it),
      ),
    );
    world.socket.say('System: Current subscriptions: lobby', 'System: Message text cannot be empty.', PONG, PONG);
    await settled();
    world.socket.end(1006);

    assert.deepEqual(await answers, ['Current subscriptions: lobby', 'Message text cannot be empty.', '', null]);
  });
});
