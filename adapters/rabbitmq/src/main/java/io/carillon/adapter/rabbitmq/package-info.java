/**
 * Carries publications over RabbitMQ: {@link io.carillon.adapter.rabbitmq.RabbitMqBroker}.
 *
 * <p>From the top: the broker hands calls to a {@code Publisher}, a {@code Binder} and a {@code
 * Supervisor}, each with one thread. The supervisor makes a {@code Link} (one connection with its
 * queues), lends it to the other two and takes it away when it is lost.
 */
@NullMarked
package io.carillon.adapter.rabbitmq;

import org.jspecify.annotations.NullMarked;
