package io.carillon.server.transport;

import io.carillon.http.ClientAddress;
import io.carillon.server.transport.ProxyHeaderCheck.Expectation;
import io.netty.channel.Channel;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;

/**
 * The PROXY protocol of a listener: a header at the beginning of a connection, before TLS, in which
 * a proxy names the client. Connections of trusted proxies have to begin with it, and no other
 * connection may. One per listener; any event loop.
 */
final class ProxyProtocol {

  /** Proxies add the host name of TLS, an id and a checksum; certificates of clients are longer. */
  private static final int MAX_TLV_BYTES = 4 << 10;

  private final ProxyProtocolMode mode;
  private final ClientAddresses addresses;
  private final ProxyWarnings warnings;

  ProxyProtocol(ProxyProtocolMode mode, ClientAddresses addresses, ProxyWarnings warnings) {
    this.mode = mode;
    this.addresses = addresses;
    this.warnings = warnings;
  }

  /** Adds the handlers for the header, which go before all others. */
  void begin(Channel channel) {
    begin(channel, ClientAddress.of(channel.remoteAddress()));
  }

  /**
   * @param peer the other end of the connection
   */
  void begin(Channel channel, ClientAddress peer) {
    switch (mode) {
      case OFF -> {}
      case REQUIRED -> {
        if (addresses.isTrusted(peer)) {
          channel
              .pipeline()
              .addLast(new ProxyHeaderCheck(Expectation.HEADER, peer, warnings))
              .addLast(new HAProxyMessageDecoder(MAX_TLV_BYTES))
              .addLast(new ProxyHeaderHandler(peer, warnings));
        } else {
          channel.pipeline().addLast(new ProxyHeaderCheck(Expectation.NO_HEADER, peer, warnings));
        }
      }
    }
  }
}
