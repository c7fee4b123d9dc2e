/**
 * A broker over plain TCP, whole and small: {@code TcpRelay} is the server, {@code TcpBroker} the
 * adapter. It shows what an adapter has to bring, and that the kit fits a broker that has nothing
 * of AMQP.
 *
 * <p>A node has two connections for each lane, one to receive by and one to send by, so that no
 * kind of message waits for another.
 */
@NullMarked
package io.carillon.adapter.kit.tcp;

import org.jspecify.annotations.NullMarked;
