'use strict';

const assert = require('node:assert/strict');
const { describe, test } = require('node:test');
const { PONG, World, settled } = require('./world.js');

describe('a publish', () => {
  test('is accepted when the node has nothing to say about it', async () => {
    const world = World.ready();
    const publishing = world.client.publish('lobby', 'hi');
    assert.deepEqual(world.socket.take(), ['publish lobby hi', 'ping']);
    world.socket.say('[lobby] Ann: hi', PONG);

    assert.deepEqual(await publishing, { outcome: 'accepted', reason: '' });
  });

  for (const [notice, outcome] of [
    ['Message bus is unavailable.', 'refused'],
    ['The message is too large for the message bus.', 'refused'],
    ['Unable to process that message right now.', 'unknown'],
    ['You may not publish to "t".', 'refused'],
    ['Subscribe to "t" before publishing to it.', 'refused'],
    ['A topic is required to publish a message.', 'refused'],
    ['Message text cannot be empty.', 'refused'],
    ['Topic names may have at most 512 bytes.', 'refused'],
  ]) {
    test(`is ${outcome} after: ${notice}`, async () => {
      const world = World.ready();
      const publishing = world.client.publish('t', 'hi');
      world.socket.say(`System: ${notice}`, PONG);

      assert.deepEqual(await publishing, { outcome, reason: notice });
    });
  }

  test('has the notice that is its own, among several', async () => {
    const world = World.ready();
    const all = Promise.all(['a', 'b', 'c'].map((text) => world.client.publish('lobby', text)));
    world.socket.say(PONG, 'System: Message bus is unavailable.', '[lobby] Bob: System: hi', PONG, PONG);

    assert.deepEqual((await all).map(({ outcome }) => outcome), ['accepted', 'refused', 'accepted']);
  });

  test('is unknown when the connection ends before its answer, and is not repeated', async () => {
    const world = World.ready();
    const publishing = world.client.publish('lobby', 'hi');
    world.socket.say('System: Message bus is unavailable.').end(1006);

    assert.deepEqual(await publishing, { outcome: 'unknown', reason: 'the connection ended before the answer' });
    world.reconnect();
    assert.deepEqual(world.socket.take(), []);
  });

  test('waits for a connection, behind the subscriptions', async () => {
    const world = new World();
    world.client.subscribe('t');
    const publishing = world.client.publish('t', 'hi');
    world.client.connect();
    world.socket.greet();
    assert.deepEqual(world.socket.take(), ['subscribe t', 'publish t hi', 'ping']);
    world.socket.say('System: Subscribed to "t".', PONG);

    assert.equal((await publishing).outcome, 'accepted');
  });

  test('waits only so long', async () => {
    const world = new World({ queue: { time: 1_000 } });
    const first = world.client.publish('lobby', 'a');
    world.clock.advance(600);
    const second = world.client.publish('lobby', 'b');
    let done = false;
    second.then(() => (done = true));
    world.clock.advance(400);
    assert.deepEqual(await first, { outcome: 'refused', reason: 'the message could not be sent in time' });
    await settled();
    assert.equal(done, false);
    world.clock.advance(600);
    assert.equal((await second).outcome, 'refused');

    world.client.connect();
    world.socket.greet();
    assert.deepEqual(world.socket.take(), []);
  });

  test('is refused where too many wait, or too much', async () => {
    const many = new World({ queue: { messages: 2 } });
    many.client.publish('t', 'a');
    many.client.publish('t', 'b');
    assert.deepEqual(await many.client.publish('t', 'c'), { outcome: 'refused', reason: 'too many messages wait' });

    const much = new World({ queue: { characters: 10 } });
    much.client.publish('t', '123456789');
    assert.equal((await much.client.publish('t', '')).outcome, 'refused');
    much.client.connect();
    much.socket.greet();
    assert.deepEqual(much.socket.take(), ['publish t 123456789', 'ping']);
    much.client.publish('t', '123456789');
    assert.deepEqual(much.socket.take(), ['publish t 123456789', 'ping'], 'what was sent makes room');
  });

  test('waits for the answers of earlier ones, in their order', async () => {
    const world = World.ready();
    const outcomes = [];
    for (let i = 0; i < 34; i++) {
      world.client.publish('lobby', String(i)).then(({ outcome }) => outcomes.push(outcome));
    }
    assert.equal(world.socket.take().length, 2 * 32);
    world.socket.say(PONG);
    assert.deepEqual(world.socket.take(), ['publish lobby 32', 'ping']);
    world.socket.end(1006);
    await settled();
    assert.deepEqual(outcomes, ['accepted', ...Array(32).fill('unknown')]);

    world.reconnect();
    assert.deepEqual(world.socket.take(), ['publish lobby 33', 'ping']);
  });

  test('is refused by a client that is closed, unless it was sent', async () => {
    const world = World.ready();
    const sent = world.client.publish('lobby', 'sent');
    world.client.close();
    assert.equal((await sent).outcome, 'unknown');
    assert.deepEqual(await world.client.publish('lobby', 'x'), { outcome: 'refused', reason: 'the client is closed' });
    assert.equal((await world.client.subscribe('t')).outcome, 'refused');

    const waiting = new World();
    const queued = waiting.client.publish('lobby', 'x');
    waiting.client.close();
    assert.deepEqual(await queued, { outcome: 'refused', reason: 'the client is closed' });
  });
});
