/**
 * Carries publications over RabbitMQ: {@link io.carillon.adapter.rabbitmq.RabbitMqBroker}.
 *
 * <p>From the top: the broker hands calls to a {@code Publisher}, a {@code Binder} and a {@code
 * Supervisor}, each with one thread. The supervisor makes a {@code Link} (one connection with its
 * queues), lends it to the other two and takes it away when it is lost. {@code Engine} owns them.
 *
 * <p>Publishing: {@code RabbitMqBroker.publish} → {@code Publisher} → {@code PublishLanes} (which
 * publications share an AMQP message) → {@code Link.publishing}; back comes the confirm. Control
 * messages have a publisher of their own. Receiving: {@code QueueConsumer} → {@code Receiver} →
 * {@code EnvelopeCodec} → the listener. Subscribing: {@code Binder}, whose batches are closed by
 * one answer; it also restores every binding after an outage. When to bind or unbind is the hub's
 * decision, how is the binder's.
 */
@NullMarked
package io.carillon.adapter.rabbitmq;

import org.jspecify.annotations.NullMarked;
