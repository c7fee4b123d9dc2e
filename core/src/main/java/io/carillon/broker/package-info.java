/**
 * The way of messages between nodes: the {@link io.carillon.broker.Broker} contract, the envelope
 * that every broker carries, and the broker of a single process.
 */
@NullMarked
package io.carillon.broker;

import org.jspecify.annotations.NullMarked;
