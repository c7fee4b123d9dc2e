/**
 * Black-box tests: node processes started as an operator starts them, a real RabbitMQ, and clients
 * that are not ours. Nothing here sees a class of the server.
 *
 * <p>Each package holds one subject: its tests, and the helpers that only they need. Helpers of
 * several subjects are in {@code machine}, {@code client}, {@code node}, {@code rabbitmq}, {@code
 * cluster}, {@code swarm}, {@code load}, {@code docs} and {@code expected}.
 */
@NullMarked
package io.carillon.conformance;

import org.jspecify.annotations.NullMarked;
