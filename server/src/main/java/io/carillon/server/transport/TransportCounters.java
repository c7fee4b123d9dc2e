package io.carillon.server.transport;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The counters of a {@link Transport} and of its limits. Any loop writes, any thread reads. */
final class TransportCounters {

  final LongAdder slowConsumers = new LongAdder();
  final LongAdder overBudget = new LongAdder();
  final LongAdder deadPeers = new LongAdder();
  final LongAdder handshakeTimeouts = new LongAdder();
  final LongAdder opened = new LongAdder();

  /** Requests of trusted proxies whose header with addresses could not be read. */
  final LongAdder unreadableForwarded = new LongAdder();

  /** The traffic of each loop. */
  private final List<Traffic> traffic = new CopyOnWriteArrayList<>();

  private final Map<CloseReason, LongAdder> closed = adders(CloseReason.values());
  private final Map<RefusalReason, LongAdder> refused = adders(RefusalReason.values());
  private final Map<ProxyFault, LongAdder> refusedProxies = adders(ProxyFault.values());

  private static <K extends Enum<K>> Map<K, LongAdder> adders(K[] keys) {
    return Stream.of(keys)
        .collect(
            Collectors.toMap(
                Function.identity(),
                key -> new LongAdder(),
                (a, b) -> a,
                () -> new EnumMap<>(keys[0].getDeclaringClass())));
  }

  /** Adds the counters of one more loop. */
  Traffic newTraffic() {
    Traffic added = new Traffic();
    traffic.add(added);
    return added;
  }

  void closed(CloseReason why) {
    adder(closed, why).increment();
  }

  void refused(RefusalReason why) {
    adder(refused, why).increment();
  }

  void refused(ProxyFault why) {
    adder(refusedProxies, why).increment();
  }

  private static <K> LongAdder adder(Map<K, LongAdder> adders, K key) {
    return Objects.requireNonNull(adders.get(key));
  }

  /**
   * @param clients connections now
   * @param maxClients the limit on clients
   * @param unsentBytes the bytes that they have not taken
   * @param maxUnsentBytes the limit on these bytes
   * @param refusedSockets connections of any kind that exceeded the limit
   */
  TransportStats stats(
      int clients, int maxClients, long unsentBytes, long maxUnsentBytes, long refusedSockets) {
    return new TransportStats(
        clients,
        maxClients,
        unsentBytes,
        maxUnsentBytes,
        slowConsumers.sum(),
        overBudget.sum(),
        deadPeers.sum(),
        handshakeTimeouts.sum(),
        refusedSockets,
        opened.sum(),
        sums(closed),
        sums(refused),
        sums(refusedProxies),
        unreadableForwarded.sum(),
        traffic.stream()
            .map(Traffic::stats)
            .reduce(TransportStats.Traffic.NONE, TransportStats.Traffic::plus));
  }

  private static <K> Map<K, Long> sums(Map<K, LongAdder> adders) {
    return adders.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
  }
}
