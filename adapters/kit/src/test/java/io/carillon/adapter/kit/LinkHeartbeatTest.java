package io.carillon.adapter.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LinkHeartbeatTest {

  private final ManualClock clock = new ManualClock();
  private final ManualTimer timer = new ManualTimer();
  private final List<String> lost = new ArrayList<>();
  private int beats;
  private boolean broken;
  private final LinkHeartbeat heartbeat =
      new LinkHeartbeat(
          TestVendor.INSTANCE, this::beat, clock, timer, () -> !lost.isEmpty(), lost::add);

  @BeforeEach
  void start() {
    heartbeat.start();
  }

  @Test
  void beatsForAsLongAsTheBrokerAnswers() {
    for (int i = 0; i < 10; i++) {
      tick();
      hear();
    }

    assertThat(beats).isEqualTo(10);
    assertThat(lost).isEmpty();
  }

  @Test
  void givesTheLinkUpWhenNothingComesForTooLong() {
    tick();
    hear();
    tick();
    tick();
    tick();
    assertThat(lost).isEmpty();

    tick();

    assertThat(lost).containsExactly("TestMQ has said nothing for 8000 ms");
    assertThat(beats).isEqualTo(4);
    assertThat(timer.planned()).isZero();
  }

  @Test
  void aNodeThatIsBusyDoesNotCountItsOwnTimeAsSilence() {
    heartbeat.busy();
    for (int i = 0; i < 10; i++) {
      tick();
    }
    assertThat(lost).isEmpty();

    heartbeat.listening();
    tick();
    assertThat(lost).as("silence begins anew").isEmpty();
  }

  @Test
  void tellsWhenABeatCannotBeWritten() {
    broken = true;

    tick();

    assertThat(lost).containsExactly("Broken pipe");
    tick();
    assertThat(timer.planned()).as("of a link that is lost").isZero();
  }

  private void tick() {
    clock.advance(LinkHeartbeat.INTERVAL);
    Duration waited = timer.runNext();
    assertThat(waited).isEqualTo(LinkHeartbeat.INTERVAL);
  }

  private void hear() {
    heartbeat.busy();
    heartbeat.listening();
  }

  private void beat() throws IOException {
    if (broken) {
      throw new IOException("Broken pipe");
    }
    beats++;
  }
}
