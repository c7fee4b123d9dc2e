package io.carillon.server.transport;

/**
 * The header in which proxies write the addresses of clients. A node reads one of them only: most
 * proxies pass the header that they do not write themselves on as the client sent it.
 */
public enum ForwardedHeader {
  /** {@code X-Forwarded-For: 203.0.113.7, 10.0.0.5}. */
  X_FORWARDED_FOR,
  /** {@code Forwarded: for=203.0.113.7, for="[2001:db8::5]:4711"} (RFC 7239). */
  FORWARDED
}
