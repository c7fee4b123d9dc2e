/**
 * NATS: publications and control messages as messages of core NATS, on the kit for adapters.
 *
 * <p>{@code NatsBroker} is the broker, {@code NatsDialer} connects, {@code NatsLink} holds the
 * connections. A {@code Line} is one connection with an inbox of its own.
 */
@NullMarked
package io.carillon.adapter.nats;

import org.jspecify.annotations.NullMarked;
