package io.carillon.server.transport;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Other protocols that clients and proxies speak by mistake to a port of plain HTTP, recognised by
 * the first bytes of a connection. If the first read is too short for that, the HTTP decoder
 * refuses it without knowing the protocol.
 */
enum Opening {
  /** A handshake record of any version (RFC 8446 section 5.1). */
  TLS(
      "\u0016\u0003",
      "TLS on a port without TLS",
      "connect with ws:// or http://, or set tls.certificate and tls.key"),
  /** The PROXY protocol of HAProxy, in text. */
  PROXY_1(
      "PROXY ",
      "the PROXY protocol, which this node is not set to read",
      "set proxy.protocol and proxy.trusted, or take send-proxy, or proxy_protocol, out of the"
          + " balancer's configuration"),
  /** The same, in binary form. */
  PROXY_2("\r\n\r\n\u0000\r\nQUIT\n", PROXY_1.what, PROXY_1.advice),
  /** HTTP/2 without an upgrade (RFC 9113 section 3.4). */
  HTTP_2(
      "PRI * HTTP/2.0\r\n",
      "HTTP/2, which this node does not speak",
      "let the client or the balancer speak HTTP/1.1 to it");

  /** A character for each byte. */
  private final String bytes;

  private final String what;
  private final String advice;

  Opening(String bytes, String what, String advice) {
    this.bytes = bytes;
    this.what = what;
    this.advice = advice;
  }

  /** The protocol that begins like this; empty for HTTP. */
  static Optional<Opening> of(ByteBuf first) {
    return Stream.of(values()).filter(opening -> opening.begins(first)).findFirst();
  }

  /** Whether these bytes begin with all of this one's. */
  boolean begins(ByteBuf first) {
    return first.readableBytes() >= bytes.length() && mayBegin(first);
  }

  /** Whether these bytes, with more behind them, may begin with all of this one's. */
  boolean mayBegin(ByteBuf first) {
    for (int i = 0; i < Math.min(bytes.length(), first.readableBytes()); i++) {
      if (first.getByte(first.readerIndex() + i) != (byte) bytes.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The name of the protocol. */
  String what() {
    return what;
  }

  /** What to do. */
  String advice() {
    return advice;
  }
}
