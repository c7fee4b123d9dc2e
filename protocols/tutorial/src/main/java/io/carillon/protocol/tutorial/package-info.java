/**
 * The protocol of the well-known tutorials about scaling WebSockets with Redis: a client asks for
 * the users, or has them sent to all clients of all nodes.
 */
@NullMarked
package io.carillon.protocol.tutorial;

import org.jspecify.annotations.NullMarked;
