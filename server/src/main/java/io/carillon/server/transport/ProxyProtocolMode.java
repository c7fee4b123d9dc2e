package io.carillon.server.transport;

/** Whether connections of trusted proxies begin with a header of the PROXY protocol. */
public enum ProxyProtocolMode {
  /** No connection begins with it. */
  OFF,
  /**
   * Every connection of a trusted proxy begins with it, and no other connection does. A node that
   * guessed could be told a false address by a client of a proxy that does not send the header.
   */
  REQUIRED
}
