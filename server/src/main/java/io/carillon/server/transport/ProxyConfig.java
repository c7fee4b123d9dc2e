package io.carillon.server.transport;

import java.util.List;

/**
 * Which proxies in front of a node tell it the addresses of clients, and how.
 *
 * @param trusted the networks of proxies; empty for none, or for proxies that {@code hops} counts
 * @param hops how many proxies a request passes, whatever their addresses are
 * @param header the header in which proxies write addresses
 * @param protocol whether connections begin with the PROXY protocol
 */
public record ProxyConfig(
    List<Network> trusted, int hops, ForwardedHeader header, ProxyProtocolMode protocol) {

  /** No proxy is trusted. */
  public static final ProxyConfig DEFAULTS =
      new ProxyConfig(List.of(), 0, ForwardedHeader.X_FORWARDED_FOR, ProxyProtocolMode.OFF);

  /** The most proxies that a request may pass. */
  public static final int MAX_HOPS = 32;

  public ProxyConfig {
    trusted = List.copyOf(trusted);
    if (hops < 0 || hops > MAX_HOPS) {
      throw new IllegalArgumentException("hops: " + hops + " (expected: 0 to " + MAX_HOPS + ")");
    }
    if (protocol == ProxyProtocolMode.REQUIRED && trusted.isEmpty()) {
      throw new IllegalArgumentException(
          "trusted: none (expected: the proxies that speak the PROXY protocol)");
    }
  }
}
