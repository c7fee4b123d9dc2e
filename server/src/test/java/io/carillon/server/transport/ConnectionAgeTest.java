package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ConnectionAgeTest {

  private static final Duration HOUR = Duration.ofHours(1);

  /** In each of fifteen minutes goes a fifteenth, give or take two. */
  @Test
  void clientsThatComeTogetherGoEvenlySpread() {
    for (long first : new long[] {1, 1_000, 1_000_000_000L}) {
      long[] minutes = new long[60];
      LongStream.range(first, first + 300)
          .map(number -> ConnectionAge.nanosOf(HOUR, number) / Duration.ofMinutes(1).toNanos())
          .forEach(minute -> minutes[(int) minute < 60 ? (int) minute : 59]++);
      assertThat(LongStream.of(minutes).limit(45)).containsOnly(0L);
      assertThat(LongStream.of(minutes).skip(45)).allMatch(count -> count >= 18 && count <= 22);
    }
  }
}
