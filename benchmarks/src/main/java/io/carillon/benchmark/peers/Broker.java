package io.carillon.benchmark.peers;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A broker that can be measured.
 *
 * @param name the broker's name in {@code BROKERS} and in the results
 * @param title the broker's name for readers
 * @param variable the environment variable that holds its URL
 * @param version the command that prints its version
 * @param settings the environment variables that tell a peer to use the broker, by the peer's name;
 *     {@code $BROKER_URL} and its parts stand for the address, so a report that shows them shows no
 *     password. A peer that is not here has no adapter for this broker
 */
record Broker(
    String name,
    String title,
    String variable,
    List<String> version,
    Map<String, Map<String, String>> settings) {

  /** Where it is; empty if this machine has none. */
  Optional<BrokerAddress> address(Map<String, String> variables) {
    return Optional.ofNullable(variables.get(variable)).map(BrokerAddress::of);
  }

  String versionOnThisMachine() {
    return Installed.versionOf(version.toArray(String[]::new));
  }

  /** The peers that have an adapter for it, as they are shown to readers. */
  List<Peer> peersOver(Collection<Peer> peers) {
    return peers.stream()
        .filter(peer -> settings.containsKey(peer.name()))
        .map(peer -> with(peer, settings.getOrDefault(peer.name(), Map.of())))
        .toList();
  }

  /** A peer of {@link #peersOver} that can be started. */
  static Peer at(BrokerAddress address, Peer peer) {
    Map<String, String> filled = new HashMap<>();
    peer.environment().forEach((name, value) -> filled.put(name, address.fill(value)));
    return with(peer, filled);
  }

  private static Peer with(Peer peer, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(peer.environment());
    environment.putAll(more);
    return new Peer(
        peer.name(),
        peer.title(),
        peer.version(),
        peer.driver(),
        peer.path(),
        peer.command(),
        environment);
  }
}
