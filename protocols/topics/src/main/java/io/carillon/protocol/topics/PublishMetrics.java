package io.carillon.protocol.topics;

import io.carillon.metrics.MetricSet;
import java.util.Map;
import java.util.function.Function;

/** The metrics of a {@link PublishEndpoint}. */
public final class PublishMetrics {

  /** All of them, read from {@link PublishEndpoint#refusals}. */
  public static final MetricSet<Map<PublishRefusal, Long>> SET =
      MetricSet.<Map<PublishRefusal, Long>>builder()
          .counters(
              "refused_publish_requests_total",
              "Requests to publish over HTTP that were refused before anything was published;"
                  + " `key`: the key is missing or wrong.",
              "reason",
              PublishRefusal.values(),
              Function.identity())
          .build();

  private PublishMetrics() {}
}
