package io.carillon.server.transport;

import io.carillon.http.ClientAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts connections that were closed because of the PROXY protocol, and warns of them: at most
 * once a minute for each reason, because anybody may open such connections. One per listener; any
 * thread.
 */
final class ProxyWarnings {

  private static final Logger log = LoggerFactory.getLogger(ProxyWarnings.class);

  private final TransportCounters counters;
  private final Map<ProxyFault, PacedWarning> warnings = new EnumMap<>(ProxyFault.class);

  /**
   * @param nanoClock a monotonic clock, in nanoseconds
   */
  ProxyWarnings(TransportCounters counters, LongSupplier nanoClock) {
    this.counters = counters;
    for (ProxyFault fault : ProxyFault.values()) {
      warnings.put(fault, new PacedWarning(nanoClock));
    }
  }

  /**
   * @param from the other end of the connection
   */
  void add(ProxyFault fault, ClientAddress from) {
    counters.refused(fault);
    Objects.requireNonNull(warnings.get(fault))
        .add()
        .ifPresent(
            sum ->
                log.warn(
                    "Closed a connection from {}, which {}; {} so far: {}",
                    from,
                    fault.what(),
                    sum,
                    fault.advice()));
  }
}
