package io.carillon.adapter.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.carillon.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A prober and what it hears, over a broker that is played by the test. */
final class ProberTest {

  private static final String TARGET = "own";
  private static final String FENCE = "fence";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ALLOWANCE = PUBLISH_TIMEOUT.plusSeconds(5);

  private final ManualClock time = new ManualClock();
  private final ManualTimer timer = new ManualTimer();
  private final List<Sent> sent = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private long drops;
  private boolean blocked;
  private boolean broken;
  private final Probe.Writer writer = new RecordingWriter();
  private final Hearing hearing =
      new Hearing(TARGET, List.of("native", "reference"), () -> drops, lost::add, START);
  private final Prober prober =
      new Prober(
          TestVendor.INSTANCE,
          writer,
          List.of(hearing),
          time,
          timer,
          PUBLISH_TIMEOUT,
          () -> blocked,
          () -> !lost.isEmpty(),
          lost::add);

  private record Sent(String path, Probe probe) {}

  @Test
  void probesEveryPathAndThenTheTargetItself() {
    prober.start();

    assertThat(sent)
        .extracting(Sent::path, one -> one.probe().target(), one -> one.probe().round())
        .containsExactly(
            tuple("native", TARGET, 1L), tuple("reference", TARGET, 1L), tuple(FENCE, TARGET, 1L));
  }

  @Test
  void aProbeThatComesBackMovesTheTimeUpToWhichNothingWasMissed() {
    time.advance(Duration.ofSeconds(7));
    prober.start();
    assertThat(prober.wholeAt(hearing)).isEqualTo(START.minus(ALLOWANCE));

    hear("native", "reference", FENCE);

    assertThat(prober.wholeAt(hearing)).isEqualTo(START.plusSeconds(7).minus(ALLOWANCE));
    assertThat(lost).isEmpty();
  }

  @Test
  void twoRoundsWithoutTheProbeOfAPathShowThatItLeadsNowhere() {
    prober.start();
    hear("native", "reference", FENCE);
    nextRound();
    hear("native", FENCE);
    assertThat(lost).isEmpty();
    nextRound();

    hear("native", FENCE);

    assertThat(lost).containsExactly("reference");
    assertThat(prober.wholeAt(hearing)).as("the last round that was heard").isEqualTo(wholeOf(0));
    assertThat(timer.planned()).as("rounds of a lost link").isOne();
    sent.clear();
    timer.runNext();
    assertThat(sent).isEmpty();
    assertThat(timer.planned()).isZero();
  }

  @Test
  void roundsThatMissProbesOfDifferentPathsProveNothing() {
    prober.start();
    hear("native", FENCE);
    nextRound();
    hear("reference", FENCE);
    nextRound();
    hear("native", FENCE);

    assertThat(lost).isEmpty();
  }

  @Test
  void aProbeThatTheBrokerMayHaveDroppedProvesNothing() {
    prober.start();
    for (int round = 0; round < 5; round++) {
      hear(FENCE);
      drops++;
      nextRound();
    }
    assertThat(lost).isEmpty();
    hear(FENCE);
    assertThat(lost).isEmpty();
    nextRound();
    hear(FENCE);
    nextRound();
    hear(FENCE);
    assertThat(lost).as("nothing was dropped any more").isNotEmpty();
  }

  @Test
  void aBacklogIsNoDeafness() {
    prober.start();
    List<Sent> first = List.copyOf(sent);
    sent.clear();
    for (int interval = 0; interval < 4; interval++) {
      timer.runNext();
    }
    assertThat(sent).as("nothing is sent behind a round that has not come back").isEmpty();

    timer.runNext();

    assertThat(sent).as("but for one whose fence may be lost").hasSize(3);
    first.forEach(this::deliver);
    assertThat(prober.wholeAt(hearing)).isEqualTo(wholeOf(0));
    assertThat(lost).isEmpty();
  }

  @Test
  void aBacklogOfOneTargetHidesNoDeafnessOfTheOther() {
    Hearing control = new Hearing("control", List.of("control path"), () -> 0, lost::add, START);
    Prober both =
        new Prober(
            TestVendor.INSTANCE,
            writer,
            List.of(hearing, control),
            time,
            timer,
            PUBLISH_TIMEOUT,
            () -> false,
            () -> !lost.isEmpty(),
            lost::add);
    both.start();
    for (int round = 0; round < 2; round++) {
      sent.stream()
          .filter(one -> one.probe().target().equals("control"))
          .filter(one -> one.path().equals(FENCE))
          .forEach(one -> control.fence(one.probe().round(), one.probe().sentAt()));
      sent.clear();
      timer.runNext();
    }

    assertThat(lost).containsExactly("control path");
  }

  @Test
  void aBacklogOfAnotherTargetMakesNoGapLonger() {
    Hearing bulk = new Hearing("bulk", List.of("bulk path"), () -> 0, lost::add, START);
    Prober both =
        new Prober(
            TestVendor.INSTANCE,
            writer,
            List.of(hearing, bulk),
            time,
            timer,
            PUBLISH_TIMEOUT,
            () -> false,
            () -> !lost.isEmpty(),
            lost::add);
    time.advance(Duration.ofSeconds(7));
    both.start();

    sent.stream().filter(one -> one.probe().target().equals(TARGET)).forEach(this::deliver);

    assertThat(both.wholeAt(hearing)).isEqualTo(wholeOf(7));
    assertThat(both.wholeAt(bulk)).isEqualTo(wholeOf(0));
  }

  @Test
  void nothingIsSentWhileTheBrokerReadsNothing() {
    blocked = true;
    prober.start();
    timer.runNext();
    assertThat(sent).isEmpty();

    blocked = false;
    timer.runNext();

    assertThat(sent).hasSize(3);
  }

  @Test
  void tellsWhenAProbeCannotBeWritten() {
    broken = true;

    prober.start();

    assertThat(lost).containsExactly("Broken pipe");
    assertThat(timer.planned()).isZero();
  }

  private void nextRound() {
    sent.clear();
    time.advance(Prober.INTERVAL);
    assertThat(timer.runNext()).isEqualTo(Prober.INTERVAL);
    assertThat(sent).as("a round").hasSize(3);
  }

  private static Instant wholeOf(int seconds) {
    return START.plusSeconds(seconds).minus(ALLOWANCE);
  }

  /** The probes that were sent along these paths come back, in this order. */
  private void hear(String... paths) {
    for (String path : paths) {
      sent.stream().filter(one -> one.path().equals(path)).forEach(this::deliver);
    }
  }

  private void deliver(Sent one) {
    if (one.path().equals(FENCE)) {
      hearing.fence(one.probe().round(), one.probe().sentAt());
    } else {
      hearing.probe(one.path(), one.probe().round());
    }
  }

  private final class RecordingWriter implements Probe.Writer {

    @Override
    public void probe(String path, Probe probe) throws IOException {
      if (broken) {
        throw new IOException("Broken pipe");
      }
      sent.add(new Sent(path, probe));
    }

    @Override
    public void fence(Probe probe) throws IOException {
      probe(FENCE, probe);
    }
  }
}
