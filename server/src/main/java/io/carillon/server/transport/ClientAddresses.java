package io.carillon.server.transport;

import io.carillon.http.ClientAddress;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;

/**
 * Finds the address of the client of a request: from the connection backwards, the first address
 * that is no trusted proxy's. One per listener; any event loop.
 *
 * <p>Addresses of the networks in {@code proxy.trusted} are proxies. So are the first {@code
 * proxy.hops} addresses, whatever they are; but with {@code proxy.trusted} the connection itself
 * has to come from one of its networks. If an element of the header is no address, the search ends
 * at the proxy that has passed it on.
 */
final class ClientAddresses {

  private final ProxyConfig config;
  private final TransportCounters counters;

  ClientAddresses(ProxyConfig config, TransportCounters counters) {
    this.config = config;
    this.counters = counters;
  }

  /** Whether a connection from this address comes from a proxy in {@code proxy.trusted}. */
  boolean isTrusted(ClientAddress address) {
    for (Network network : config.trusted()) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /** The address of the client that has sent these headers. */
  ClientAddress of(Channel channel, HttpHeaders headers) {
    ProxiedSource source =
        channel.hasAttr(ProxiedSource.KEY) ? channel.attr(ProxiedSource.KEY).get() : null;
    if (source == null) {
      return behind(ClientAddress.of(channel.remoteAddress()), headers);
    }
    return switch (source.kind()) {
      case CONNECTION -> behind(source.address(), headers);
      case UNSPECIFIED -> source.address();
    };
  }

  private ClientAddress behind(ClientAddress connection, HttpHeaders headers) {
    ClientAddress nearest = connection;
    if (!isProxy(nearest, 0)) {
      return nearest;
    }
    ForwardedChain chain = chainOf(headers);
    for (int passed = 0; passed < ProxyConfig.MAX_HOPS && isProxy(nearest, passed); passed++) {
      Optional<ClientAddress> next = chain.next();
      if (next.isEmpty()) {
        break;
      }
      nearest = next.get();
    }
    if (chain.isBroken()) {
      counters.unreadableForwarded.increment();
    }
    return nearest;
  }

  private boolean isProxy(ClientAddress address, int passed) {
    boolean isCounted = passed < config.hops() && (passed > 0 || config.trusted().isEmpty());
    return isCounted || isTrusted(address);
  }

  private ForwardedChain chainOf(HttpHeaders headers) {
    String name =
        switch (config.header()) {
          case X_FORWARDED_FOR -> "X-Forwarded-For";
          case FORWARDED -> "Forwarded";
        };
    return new ForwardedChain(config.header(), String.join(",", headers.getAll(name)));
  }
}
