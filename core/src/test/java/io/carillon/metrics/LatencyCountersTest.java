package io.carillon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyCountersTest {

  private final LatencyCounters counters = new LatencyCounters();

  @Test
  void aDurationFallsIntoTheFirstBucketWhoseBoundItDoesNotExceed() {
    counters.add(TimeUnit.MICROSECONDS.toNanos(500));
    counters.add(TimeUnit.MICROSECONDS.toNanos(500) + 1);
    counters.add(TimeUnit.SECONDS.toNanos(10));
    counters.add(TimeUnit.SECONDS.toNanos(10) + 1);

    LatencyStats stats = counters.stats();

    assertThat(stats.bounds()).isSorted().hasSize(14);
    assertThat(stats.counts()).startsWith(1L, 1L, 0L).endsWith(0L, 1L, 1L).hasSize(15);
    assertThat(stats.count()).isEqualTo(4);
    assertThat(stats.totalNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(20) + 1_000_002);
  }
}
