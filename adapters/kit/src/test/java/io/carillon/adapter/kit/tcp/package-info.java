/**
 * A broker over plain TCP, whole and small: {@code TcpRelay} is the server, {@code TcpBroker} the
 * adapter. It shows what an adapter has to bring, and that the kit fits a broker that has nothing
 * of AMQP.
 *
 * <p>A node has three connections, so that no kind of message waits for another: it receives
 * publications through the first, publishes through the second, and does both with control messages
 * on the third.
 */
@NullMarked
package io.carillon.adapter.kit.tcp;

import org.jspecify.annotations.NullMarked;
