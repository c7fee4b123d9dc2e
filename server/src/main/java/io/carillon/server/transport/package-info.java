/**
 * Sockets, HTTP and the reading of WebSocket frames, on Netty; the only package that knows Netty.
 * Reference-counted buffers never leave it.
 */
@NullMarked
package io.carillon.server.transport;

import org.jspecify.annotations.NullMarked;
