'use strict';

/**
 * This node's place in RabbitMQ: one topic exchange that all nodes share, one queue of its own, a
 * confirm channel that publishes and a plain one that binds and consumes.
 */

const amqp = require('amqplib');

class Bus {
  constructor({ url, exchange, nodeId }) {
    this.url = url;
    this.exchange = exchange;
    this.nodeId = nodeId;
    this.connection = null;
    this.publisher = null;
    this.subscriber = null;
    this.queue = null;
    this.bound = new Set();
    this.closing = false;
  }

  /** Resolves when publications for the topics bound from now on reach `deliver(topic, text)`. */
  async start(deliver) {
    this.connection = await amqp.connect(this.url);
    this.connection.on('error', (error) => console.error(`[RabbitMQ] Connection error: ${error.message}`));
    this.connection.on('close', () => this.onConnectionClosed());
    this.publisher = this.watch('publisher', await this.connection.createConfirmChannel());
    this.subscriber = this.watch('subscriber', await this.connection.createChannel());
    for (const channel of [this.publisher, this.subscriber]) {
      await channel.assertExchange(this.exchange, 'topic', { durable: false, autoDelete: false });
    }
    const { queue } = await this.subscriber.assertQueue('', { exclusive: true, autoDelete: true, durable: false });
    this.queue = queue;
    await this.subscriber.consume(queue, (message) => this.onMessage(message, deliver), { noAck: false });
    console.log(`[RabbitMQ] Node ${this.nodeId} consumes queue ${queue} of exchange "${this.exchange}"`);
  }

  /** A channel's error must have a listener, or it ends the process before the connection's does. */
  watch(name, channel) {
    channel.on('error', (error) => console.error(`[RabbitMQ] The ${name} channel failed: ${error.message}`));
    channel.on('close', () => {
      this[name] = null;
    });
    return channel;
  }

  onConnectionClosed() {
    if (!this.closing) {
      console.error(
        '[RabbitMQ] Connection closed unexpectedly. Exiting so the process manager can restart this node.'
      );
      process.exit(1);
    }
  }

  async bind(topic) {
    if (this.bound.has(topic)) {
      console.log(`[RabbitMQ] Topic "${topic}" already bound to queue ${this.queue}`);
      return;
    }
    console.log(`[RabbitMQ] Binding topic "${topic}" to queue ${this.queue}`);
    await this.subscriber.bindQueue(this.queue, this.exchange, topic);
    this.bound.add(topic);
    console.log(`[RabbitMQ] Successfully bound topic "${topic}"`);
  }

  async unbind(topic) {
    if (!this.bound.has(topic)) {
      return;
    }
    console.log(`[RabbitMQ] Unbinding topic "${topic}" from queue ${this.queue}`);
    await this.subscriber.unbindQueue(this.queue, this.exchange, topic);
    this.bound.delete(topic);
    console.log(`[RabbitMQ] Successfully unbound topic "${topic}"`);
  }

  isAvailable() {
    return this.publisher !== null;
  }

  /** Resolves when RabbitMQ has confirmed everything published so far, this message last. */
  async publish(topic, userName, text) {
    const body = {
      nodeId: this.nodeId,
      topic,
      formattedMessage: `[${topic}] ${userName}: ${text}`,
      userName,
      publishedAt: new Date().toISOString(),
    };
    console.log(`[RabbitMQ] Publishing message to topic "${topic}" (routing key) on exchange "${this.exchange}"`);
    this.publisher.publish(this.exchange, topic, Buffer.from(JSON.stringify(body)), {
      contentType: 'application/json',
      persistent: false,
    });
    await this.publisher.waitForConfirms();
    console.log(`[RabbitMQ] Publish confirmation received for topic "${topic}"`);
  }

  onMessage(message, deliver) {
    if (message === null) {
      return;
    }
    try {
      const topic = message.fields.routingKey;
      const body = JSON.parse(message.content.toString());
      if (typeof body.formattedMessage !== 'string') {
        console.warn(`[RabbitMQ] Discarding a message on topic "${topic}" without a formattedMessage`);
        return;
      }
      console.log(
        `[RabbitMQ] Received message on topic "${topic}" from node ${body.nodeId}: ${body.formattedMessage}`
      );
      deliver(topic, body.formattedMessage);
    } catch (error) {
      console.warn(`[RabbitMQ] Discarding a message that cannot be read: ${error.message}`);
    } finally {
      this.subscriber.ack(message);
    }
  }

  async close() {
    this.closing = true;
    for (const channel of [this.publisher, this.subscriber]) {
      if (channel !== null) {
        await channel.close();
      }
    }
    if (this.connection !== null) {
      await this.connection.close();
    }
  }
}

module.exports = { Bus };
