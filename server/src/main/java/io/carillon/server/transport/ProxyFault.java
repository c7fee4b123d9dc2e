package io.carillon.server.transport;

/** Why a connection was closed because of the PROXY protocol. */
public enum ProxyFault {
  /** The header came from an address that is not in {@code proxy.trusted}. */
  UNTRUSTED(
      "began with the PROXY protocol and comes from an address that is not trusted",
      "if it is a balancer's, add it to proxy.trusted"),
  /** A trusted proxy has sent something else. */
  MISSING(
      "comes from a trusted proxy and did not begin with the PROXY protocol",
      "set send-proxy-v2 and check-send-proxy, or proxy_protocol, in the balancer's configuration"),
  /** The header can't be read, or is too long. */
  MALFORMED("began with a header of the PROXY protocol that can't be read", "check the balancer");

  private final String what;
  private final String advice;

  ProxyFault(String what, String advice) {
    this.what = what;
    this.advice = advice;
  }

  /** What such a connection did. */
  String what() {
    return what;
  }

  /** What to do. */
  String advice() {
    return advice;
  }
}
