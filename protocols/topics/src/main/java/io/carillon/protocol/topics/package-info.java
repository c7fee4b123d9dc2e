/**
 * The topics protocol: plain text goes to the default topic, small JSON commands subscribe,
 * unsubscribe, publish and list; every answer is a line of text.
 *
 * <p>It behaves exactly like the demo of "How to Horizontally Scale WebSocket Servers Using
 * RabbitMQ" does, so that its clients connect unchanged; docs/protocols/topics.md has every frame.
 */
@NullMarked
package io.carillon.protocol.topics;

import org.jspecify.annotations.NullMarked;
