// A program that uses the whole client as a module. The compiler reads it; nothing runs it.
import { TopicsClient, type PublishResult, type Position } from 'carillon-topics-client';

const client: TopicsClient = new TopicsClient(['wss://one.example/', 'wss://two.example/'], {
  name: 'Ann',
  token: async () => 'token',
  defaultTopic: 'leave',
  backoff: { longest: 30_000 },
  silence: { interval: 10_000 },
  queue: { messages: 10 },
  WebSocket,
});

const removed: void = client.on('message', ({ topic, name, text, position }) => {
  const line: string = `[${topic}] ${name}: ${text}`;
  const place: Position = position;
  console.log(line, place);
})();

client.on('gap', ({ topic, since, until }) => console.log(topic, new Date(until - since)));
client.on('state', (told) => {
  switch (told.state) {
    case 'waiting':
      console.log(told.code, told.delay.toFixed(), told.status?.toFixed());
      break;
    case 'ready':
      console.log(told.name.length);
      break;
    case 'connecting':
    case 'connected':
      console.log(told.url.length);
      break;
    case 'closed':
      console.log(told.reason.length);
  }
});

const published: PublishResult = await client.connect().publish('t', 'm');
const outcome: 'accepted' | 'refused' | 'unknown' = published.outcome;
const answer: string | null = await client.request({ action: 'list' });
console.log(removed, outcome, answer, (await client.subscribe('t')).reason, client.topics.length);

// @ts-expect-error an event that there isn't
client.on('messages', () => {});
// @ts-expect-error a message without a topic
void client.publish('m');
// @ts-expect-error the state changes by itself
client.state = 'ready';
// @ts-expect-error a kind of default topic that there isn't
new TopicsClient('wss://one.example/', { defaultTopic: 'none' });
