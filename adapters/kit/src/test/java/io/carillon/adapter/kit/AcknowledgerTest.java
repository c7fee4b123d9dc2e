package io.carillon.adapter.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AcknowledgerTest {

  private final ManualTimer timer = new ManualTimer();
  private final List<Long> acknowledged = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private boolean broken;
  private final Acknowledger acknowledger =
      new Acknowledger(TestVendor.INSTANCE, this::write, 3, timer, lost::add);

  @Test
  void acknowledgesAFullBatchAtOnce() {
    deliver(1, 5);

    assertThat(acknowledged).containsExactly(3L);
  }

  @Test
  void acknowledgesALoneDeliveryWhenItsTimeIsUp() {
    deliver(1, 1);
    assertThat(acknowledged).isEmpty();

    Duration waited = timer.runNext();

    assertThat(waited).isEqualTo(Acknowledger.LATEST);
    assertThat(acknowledged).containsExactly(1L);
  }

  @Test
  void plansOneCallForAllThatWait() {
    deliver(1, 2);

    assertThat(timer.planned()).isOne();
    timer.runNext();
    assertThat(acknowledged).containsExactly(2L);
    deliver(3, 3);
    assertThat(timer.planned()).isOne();
  }

  @Test
  void acknowledgesNothingTwice() {
    deliver(1, 3);

    timer.runNext();

    assertThat(acknowledged).containsExactly(3L);
    assertThat(timer.planned()).isZero();
  }

  @Test
  void tellsWhenAnAcknowledgementCannotBeWritten() {
    broken = true;
    deliver(1, 1);

    timer.runNext();

    assertThat(lost).containsExactly("Broken pipe");
  }

  private void deliver(long from, long to) {
    for (long tag = from; tag <= to; tag++) {
      acknowledger.delivered(tag);
    }
  }

  private void write(long number) throws IOException {
    if (broken) {
      throw new IOException("Broken pipe");
    }
    acknowledged.add(number);
  }
}
