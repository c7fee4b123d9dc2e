package io.carillon.server.transport;

/**
 * Goes up a connection's pipeline when something of a request has come that is not whole yet.
 *
 * @see RequestDecoder
 */
enum RequestBegun {
  EVENT
}
