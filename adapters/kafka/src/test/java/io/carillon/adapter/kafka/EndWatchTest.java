package io.carillon.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.adapter.kafka.EndWatch.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Whether a reader stands still, as the ends of its partitions tell. */
final class EndWatchTest {

  private static final TopicPartition ONE = new TopicPartition("t", 0);
  private static final TopicPartition TWO = new TopicPartition("t", 1);
  private static final Instant START = Instant.EPOCH;

  private long nanos;
  private final EndWatch watch = new EndWatch(() -> nanos, START);

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  /** The next answer, an interval later. */
  private Verdict answer(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> positions) {
    pass(EndWatch.INTERVAL);
    assertThat(watch.isDue()).isTrue();
    watch.asking();
    return watch.answered(START.plusNanos(nanos), ends, positions);
  }

  @Test
  void asksOnceInAnInterval() {
    pass(EndWatch.INTERVAL.minusMillis(1));
    assertThat(watch.isDue()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(watch.isDue()).isTrue();
    watch.asking();
    assertThat(watch.isDue()).isFalse();
  }

  @Test
  void everythingBeforeAQuestionHasArrivedWhenTheEndsAreReached() {
    assertThat(answer(Map.of(ONE, 5L, TWO, 7L), Map.of(ONE, 5L, TWO, 7L))).isEqualTo(Verdict.FINE);
    assertThat(watch.wholeAt()).isEqualTo(START.plus(EndWatch.INTERVAL));

    answer(Map.of(ONE, 9L, TWO, 7L), Map.of(ONE, 6L, TWO, 7L));
    assertThat(watch.wholeAt()).as("of the answer before").isEqualTo(START.plusSeconds(2));

    answer(Map.of(ONE, 20L, TWO, 7L), Map.of(ONE, 9L, TWO, 7L));
    assertThat(watch.wholeAt()).as("the question before").isEqualTo(START.plusSeconds(4));
  }

  @Test
  void aReaderThatStandsStillBeforeAnEndWithNothingLeftIsDeaf() {
    Map<TopicPartition, Long> ends = Map.of(ONE, 5L);
    Map<TopicPartition, Long> positions = Map.of(ONE, 3L);
    assertThat(answer(ends, positions)).isEqualTo(Verdict.FINE);
    watch.drained();
    assertThat(answer(ends, positions)).isEqualTo(Verdict.FINE);
    watch.drained();
    assertThat(answer(ends, positions)).isEqualTo(Verdict.DEAF);
  }

  @Test
  void aBacklogIsNoDeafness() {
    Map<TopicPartition, Long> ends = Map.of(ONE, 5L, TWO, 1_000L);
    for (long position = 0; position < 10; position++) {
      assertThat(answer(ends, Map.of(ONE, 3L, TWO, position)))
          .as("the client has records left")
          .isEqualTo(Verdict.FINE);
    }
  }

  @Test
  void aReaderThatMovesIsNotDeaf() {
    for (long position = 0; position < 10; position++) {
      watch.drained();
      assertThat(answer(Map.of(ONE, 1_000L), Map.of(ONE, position))).isEqualTo(Verdict.FINE);
    }
  }

  @Test
  void aTopicThatIsShorterThanWhatWasReadWasCreatedAgain() {
    assertThat(answer(Map.of(ONE, 5L), Map.of(ONE, 9L))).isEqualTo(Verdict.FINE);
    assertThat(answer(Map.of(ONE, 5L), Map.of(ONE, 9L))).isEqualTo(Verdict.SHORTER);
  }

  @Test
  void silenceIsLossAfterSixSeconds() {
    pass(EndWatch.INTERVAL);
    watch.asking();
    pass(Duration.ofSeconds(1));
    assertThat(watch.unanswered()).isEmpty();
    assertThat(watch.isDue()).as("asks again at once").isTrue();
    watch.asking();
    pass(EndWatch.SILENCE.minusSeconds(1).minusMillis(1));
    assertThat(watch.unanswered()).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(watch.unanswered()).hasValue("it has said nothing for 6000 ms");
  }

  @Test
  void anAnswerEndsTheSilence() {
    pass(EndWatch.INTERVAL);
    watch.asking();
    pass(Duration.ofSeconds(5));
    assertThat(watch.unanswered()).isEmpty();
    watch.asking();
    watch.answered(START, Map.of(ONE, 1L), Map.of(ONE, 1L));

    assertThat(watch.isDue()).isFalse();
    pass(EndWatch.INTERVAL);
    watch.asking();
    pass(Duration.ofSeconds(1));
    assertThat(watch.unanswered()).isEmpty();
  }

  @Test
  void theTimeInWhichTheReaderHandsRecordsOnIsNoSilence() {
    pass(Duration.ofMinutes(5));
    watch.asking();
    pass(Duration.ofSeconds(1));
    assertThat(watch.unanswered()).isEmpty();
  }
}
