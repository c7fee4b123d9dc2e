package io.carillon.protocol.pusher.api;

import io.carillon.metrics.MetricSet;
import java.util.Map;
import java.util.function.Function;

/** The metrics of a {@link PusherApi}. */
public final class PusherApiMetrics {

  /** All of them, read from {@link PusherApi#refusals}. */
  public static final MetricSet<Map<ApiFault, Long>> SET =
      MetricSet.<Map<ApiFault, Long>>builder()
          .counters(
              "refused_api_requests_total",
              "Requests of the Pusher HTTP API that were not fulfilled; `unauthorized`: a backend"
                  + " has a wrong secret, or a stranger is guessing.",
              "reason",
              ApiFault.values(),
              Function.identity())
          .build();

  private PusherApiMetrics() {}
}
