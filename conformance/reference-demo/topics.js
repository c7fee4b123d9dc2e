'use strict';

/** Which local client wants which topic. A topic is bound for its first, unbound after its last. */

const WebSocket = require('ws');

class Topics {
  constructor(bus) {
    this.bus = bus;
    this.subscribers = new Map();
  }

  /** Rejects when the topic cannot be bound; then the client is no subscriber. */
  async join(client, topic) {
    const others = this.subscribers.get(topic) ?? new Set();
    this.subscribers.set(topic, others);
    others.add(client);
    client.topics.add(topic);
    if (others.size === 1) {
      try {
        await this.bus.bind(topic);
      } catch (error) {
        console.error(`[RabbitMQ] Binding topic "${topic}" failed: ${error.message}`);
        this.remove(client, topic);
        throw error;
      }
    }
    console.log(`Client "${client.name}" subscribed to topic "${topic}" (local subscribers: ${others.size})`);
  }

  async leave(client, topic) {
    const left = this.remove(client, topic);
    console.log(`Client "${client.name}" unsubscribed from topic "${topic}" (local subscribers: ${left})`);
    if (left === 0) {
      await this.bus.unbind(topic);
    }
  }

  async leaveAll(client) {
    const topics = [...client.topics];
    console.log(
      `Cleaning up ${topics.length} subscriptions for disconnecting client "${client.name}": ${topics.join(', ')}`
    );
    for (const topic of topics) {
      await this.leave(client, topic);
    }
  }

  /** How many local subscribers the topic has left. */
  remove(client, topic) {
    client.topics.delete(topic);
    const others = this.subscribers.get(topic);
    if (others === undefined) {
      return 0;
    }
    others.delete(client);
    if (others.size === 0) {
      this.subscribers.delete(topic);
    }
    return others.size;
  }

  deliver(topic, text) {
    for (const client of this.subscribers.get(topic) ?? []) {
      if (client.socket.readyState === WebSocket.OPEN) {
        client.socket.send(text);
      }
    }
  }
}

module.exports = { Topics };
