// Drives clients of clients/js for a test, over the library ws: reads calls as lines of JSON,
// {"id":1,"op":"connect","args":{...}}, and answers each with a line, {"id":1,"result":...} or
// {"id":1,"error":"..."}. It ends with its standard input.

'use strict';

const readline = require('node:readline');
const WebSocket = require('ws');
const { TopicsClient } = require('../../clients/js/carillon.js');

const EVENTS = ['state', 'message', 'subscribed', 'unsubscribed', 'refused', 'gap', 'notice'];

/** One client, and the events that the test has not taken yet. */
class Driven {
  constructor(urls, options) {
    this.client = new TopicsClient(urls, { ...options, WebSocket });
    this.events = Object.fromEntries(EVENTS.map((event) => [event, []]));
    this.takers = [];
    for (const event of EVENTS) {
      this.client.on(event, (told) => {
        this.events[event].push(told);
        this.takers.forEach((look) => look());
      });
    }
  }

  /** The next event of this kind that has these values; those in front of it are dropped. Null if none comes in time. */
  take(event, values, milliseconds) {
    return new Promise((resolve) => {
      const give = (result) => {
        clearTimeout(timer);
        this.takers = this.takers.filter((other) => other !== look);
        resolve(result);
      };
      const timer = setTimeout(() => give(null), milliseconds);
      const look = () => {
        const told = this.events[event];
        while (told.length) {
          const next = told.shift();
          if (Object.entries(values).every(([name, value]) => next[name] === value)) {
            give(next);
            return;
          }
        }
      };
      this.takers.push(look);
      look();
    });
  }
}

const clients = new Map();
const operations = {
  connect({ client, urls, options }) {
    const driven = new Driven(urls, options);
    clients.set(client, driven);
    driven.client.connect();
  },
  subscribe: ({ client, topic }) => clients.get(client).client.subscribe(topic),
  publish: ({ client, topic, message }) => clients.get(client).client.publish(topic, message),
  topics: ({ client }) => clients.get(client).client.topics,
  take: ({ client, event, values, milliseconds }) => clients.get(client).take(event, values, milliseconds),
  forgetAll() {
    clients.forEach(({ client }) => client.close());
    clients.clear();
  },
};

const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function serve(line) {
  const { id, op, args } = JSON.parse(line);
  try {
    print({ id, result: (await operations[op](args)) ?? null });
  } catch (error) {
    print({ id, error: String(error) });
  }
}

print({ node: process.version });
readline.createInterface({ input: process.stdin }).on('line', serve).on('close', () => process.exit());
