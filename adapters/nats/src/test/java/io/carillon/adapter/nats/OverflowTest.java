package io.carillon.adapter.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Which span of time is reported when messages were dropped. */
final class OverflowTest {

  private final AtomicLong dropped = new AtomicLong();
  private final AtomicReference<Instant> wholeAt = new AtomicReference<>(at(10));
  private final AtomicReference<Instant> now = new AtomicReference<>(at(20));
  private final AtomicBoolean ended = new AtomicBoolean();
  private final List<Runnable> planned = new ArrayList<>();
  private final List<String> reports = new ArrayList<>();
  private final Overflow overflow =
      new Overflow(
          dropped::get,
          wholeAt::get,
          now::get,
          (nanos, task) -> planned.add(task),
          ended::get,
          (count, from, to) ->
              reports.add(count + " " + from.getEpochSecond() + "-" + to.getEpochSecond()));

  private static Instant at(long second) {
    return Instant.ofEpochSecond(second);
  }

  private void aSecondPasses() {
    now.updateAndGet(time -> time.plusSeconds(1));
    planned.removeFirst().run();
  }

  @Test
  void whereNothingIsDroppedNothingIsReported() {
    overflow.start();
    aSecondPasses();

    assertThat(reports).isEmpty();
  }

  @Test
  void theSpanBeginsWithWhatHadArrivedAtTheLookBefore() {
    overflow.start();
    wholeAt.set(at(19)); // A probe that was sent after the drop may arrive before the look.
    dropped.set(3);
    aSecondPasses();

    assertThat(reports).containsExactly("3 10-21");
  }

  @Test
  void eachDropIsReportedOnce() {
    overflow.start();
    dropped.set(3);
    aSecondPasses();
    wholeAt.set(at(19));
    aSecondPasses();
    dropped.set(5);
    aSecondPasses();

    assertThat(reports).containsExactly("3 10-21", "2 19-23");
  }

  @Test
  void aLostLinkLooksALastTimeAndNoMore() {
    overflow.start();
    dropped.set(1);
    ended.set(true);
    overflow.look();
    aSecondPasses();

    assertThat(reports).containsExactly("1 10-20");
    assertThat(planned).isEmpty();
  }
}
