/**
 * Carries publications over RabbitMQ: {@link io.carillon.adapter.rabbitmq.RabbitMqBroker}.
 *
 * <p>{@code io.carillon.adapter.kit} keeps the node connected, publishes, and binds; this package
 * has the parts that are special to RabbitMQ. {@code RabbitMqDialer} opens a {@code RabbitMqLink}:
 * two connections ({@code Connector}) with the node's exchanges and queues. It publishes through
 * {@code ExchangeOutlet}s, receives through {@code QueueConsumer}s, learns of dropped publications
 * through a {@code GapConsumer}, and proves by {@code ProbeMessage}s that its queues are still fed.
 * {@code WidePolicy} binds all channels with one binding if single ones cost too much. {@code Wire}
 * says which forms are spoken, each through an exchange of its own.
 */
@NullMarked
package io.carillon.adapter.rabbitmq;

import org.jspecify.annotations.NullMarked;
