'use strict';

/** One client's conversation: the greeting, commands, and the notices that answer them. */

class Client {
  constructor(socket, name, { bus, topics, defaultTopic }) {
    this.socket = socket;
    this.name = name;
    this.bus = bus;
    this.hub = topics;
    this.defaultTopic = defaultTopic;
    this.topics = new Set();
  }

  notice(text) {
    this.socket.send(`System: ${text}`);
  }

  async greet() {
    this.socket.send(`Welcome, ${this.name}!`);
    await this.hub.join(this, this.defaultTopic);
    this.notice(`Subscribed to "${this.defaultTopic}".`);
    this.notice('Send JSON messages to subscribe, unsubscribe, publish, or list subscriptions.');
  }

  async onMessage(data) {
    try {
      await this.handle(data.toString().trim());
    } catch (error) {
      console.error(`Message of client "${this.name}" failed: ${error.message}`);
      this.notice('Unable to process that message right now.');
    }
  }

  async handle(text) {
    if (text === '') {
      return;
    }
    let command;
    try {
      command = JSON.parse(text);
    } catch {
      await this.publish(this.defaultTopic, text);
      return;
    }
    if (command === null || typeof command !== 'object') {
      this.notice('Unsupported message format.');
      return;
    }
    await this.obey(command);
  }

  async obey(command) {
    switch (trimmed(command.action).toLowerCase()) {
      case 'subscribe':
        return this.subscribe(trimmed(command.topic));
      case 'unsubscribe':
        return this.unsubscribe(trimmed(command.topic));
      case 'publish':
        return this.publish(trimmed(command.topic), trimmed(command.message));
      case 'list':
        return this.list();
      default:
        return this.notice('Supported actions are subscribe, unsubscribe, publish, and list.');
    }
  }

  async subscribe(topic) {
    if (topic === '') {
      this.notice('Topic name is required.');
    } else if (this.topics.has(topic)) {
      this.notice(`Already subscribed to "${topic}".`);
    } else {
      try {
        await this.hub.join(this, topic);
      } catch {
        this.notice(`Unable to subscribe to "${topic}" right now.`);
        return;
      }
      this.notice(`Subscribed to "${topic}".`);
    }
  }

  async unsubscribe(topic) {
    if (topic === '') {
      this.notice('Topic name is required.');
    } else if (!this.topics.has(topic)) {
      this.notice(`Not subscribed to "${topic}".`);
    } else {
      await this.hub.leave(this, topic);
      this.notice(`Unsubscribed from "${topic}".`);
    }
  }

  async publish(topic, text) {
    if (topic === '') {
      this.notice('A topic is required to publish a message.');
    } else if (text === '') {
      this.notice('Message text cannot be empty.');
    } else if (!this.topics.has(topic)) {
      this.notice(`Subscribe to "${topic}" before publishing to it.`);
    } else if (!this.bus.isAvailable()) {
      this.notice('Message bus is unavailable.');
    } else {
      await this.bus.publish(topic, this.name, text);
    }
  }

  list() {
    const topics = [...this.topics].sort();
    this.notice(topics.length === 0 ? 'No active subscriptions.' : `Current subscriptions: ${topics.join(', ')}`);
  }
}

/** The text without its surroundings, and nothing where it is no text. */
function trimmed(value) {
  return typeof value === 'string' ? value.trim() : '';
}

module.exports = { Client };
