package io.carillon.server.transport;

/**
 * Fired up a connection's pipeline when a part of a request has arrived, but not the whole request.
 *
 * @see RequestDecoder
 */
enum RequestBegun {
  EVENT
}
