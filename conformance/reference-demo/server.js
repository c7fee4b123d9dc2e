'use strict';

/** One node: starts the bus, then listens for clients. */

const { randomUUID } = require('node:crypto');
const { WebSocketServer } = require('ws');
const { Bus } = require('./bus');
const { Client } = require('./client');
const { Topics } = require('./topics');

const port = Number(process.env.PORT) || 8080;
const defaultTopic = process.env.DEFAULT_TOPIC || 'lobby';
const bus = new Bus({
  url: process.env.RABBITMQ_URL || 'amqp://localhost',
  exchange: process.env.RABBITMQ_EXCHANGE || 'ws.topics',
  nodeId: process.env.NODE_ID || randomUUID(),
});
const topics = new Topics(bus);
let server = null;

function nameOf(request) {
  return new URL(request.url, 'http://localhost').searchParams.get('name') || 'Anonymous';
}

async function onConnection(socket, request) {
  const client = new Client(socket, nameOf(request), { bus, topics, defaultTopic });
  console.log(`Client connected: ${client.name}`);
  socket.on('error', (error) => console.error(`Socket of client "${client.name}" failed: ${error.message}`));
  socket.on('close', () => onDisconnection(client));
  try {
    await client.greet();
  } catch (error) {
    client.notice('Server initialization failed for this connection.');
    socket.close();
    return;
  }
  socket.on('message', (data) => client.onMessage(data));
}

async function onDisconnection(client) {
  console.log(`Client disconnected: ${client.name}`);
  try {
    await topics.leaveAll(client);
  } catch (error) {
    console.error(`Cleaning up after client "${client.name}" failed: ${error.message}`);
  }
}

function listen() {
  return new Promise((resolve, reject) => {
    server = new WebSocketServer({ port, host: process.env.HOST });
    server.on('connection', onConnection);
    server.once('listening', resolve);
    server.once('error', reject);
  });
}

async function start() {
  await bus.start((topic, text) => topics.deliver(topic, text));
  await listen();
  console.log(`WebSocket server is running on ws://localhost:${port}`);
}

async function stop(signal) {
  console.log(`Shutting down due to ${signal}.`);
  if (server !== null) {
    await new Promise((resolve) => server.close(resolve));
  }
  await bus.close();
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => stop(signal));
}
start().catch((error) => {
  console.error(`Startup failed: ${error.message}`);
  process.exit(1);
});
