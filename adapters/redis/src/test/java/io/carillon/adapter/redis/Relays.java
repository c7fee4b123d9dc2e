package io.carillon.adapter.redis;

import io.carillon.part.BrokerUri.Host;
import io.carillon.testkit.Relay;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The network between some nodes and a cluster of Redis: a relay in front of each server. */
final class Relays implements AutoCloseable {

  private final Map<Host, Relay> relays = new HashMap<>();

  Relays(List<Host> servers) {
    servers.forEach(server -> relays.put(server, Relay.to(address(server))));
  }

  private static InetSocketAddress address(Host server) {
    return new InetSocketAddress(server.name(), server.port());
  }

  /** Where a node connects in place of a server. */
  Host route(Host server) {
    return new Host("127.0.0.1", to(server).port());
  }

  Relay to(Host server) {
    return Objects.requireNonNull(relays.get(server));
  }

  /** Cuts all connections, and refuses new ones. */
  void stop() {
    relays.values().forEach(Relay::stop);
  }

  /** Lets nothing through, without closing anything. */
  void stall() {
    relays.values().forEach(Relay::stall);
  }

  /** Ends {@link #stop} and {@link #stall}. */
  void heal() {
    relays.replaceAll(
        (server, relay) -> {
          relay.resume();
          return relay.isStopped() ? Relay.to(address(server), relay.port()) : relay;
        });
  }

  @Override
  public void close() {
    stop();
  }
}
