package io.carillon.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.adapter.kafka.StartOffsets.Extent;
import java.time.Instant;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** Where a link begins to read, and what it skips. */
final class StartOffsetsTest {

  private static final Uuid TOPIC = new Uuid(1, 1);
  private static final Instant NOW = Instant.ofEpochSecond(1_000);
  private static final Instant BOUND = NOW.minusSeconds(30);

  private static StartOffsets after(Resume last, Extent... extents) {
    return StartOffsets.after(last, TOPIC, extents, BOUND, NOW);
  }

  private static Resume at(long... next) {
    return new Resume(TOPIC, next, null);
  }

  @Test
  void theFirstLinkBeginsAtTheEnds() {
    StartOffsets start =
        StartOffsets.atEnds(new Extent[] {new Extent(2, 9, 5), new Extent(0, 4, 4)});

    assertThat(start.next()).containsExactly(9, 4);
    assertThat(start.skippedUntil()).isNull();
  }

  @Test
  void aShortOutageIsReadWhole() {
    StartOffsets start = after(at(7, 4), new Extent(0, 9, 5), new Extent(0, 4, 4));

    assertThat(start.next()).containsExactly(7, 4);
    assertThat(start.skippedUntil()).isNull();
  }

  @Test
  void whatIsTooOldIsSkipped() {
    StartOffsets start = after(at(3, 4), new Extent(0, 9, 5), new Extent(0, 4, 4));

    assertThat(start.next()).containsExactly(5, 4);
    assertThat(start.skippedUntil()).isEqualTo(BOUND);
  }

  @Test
  void whatKafkaHasDeletedIsSkipped() {
    StartOffsets start = after(at(3), new Extent(6, 9, 5));

    assertThat(start.next()).containsExactly(6);
    assertThat(start.skippedUntil()).isEqualTo(BOUND);
  }

  @Test
  void aTopicThatWasCreatedAgainIsReadFromItsBeginningAndEverythingMayBeMissed() {
    StartOffsets other =
        StartOffsets.after(at(3), new Uuid(2, 2), new Extent[] {new Extent(0, 9, 0)}, BOUND, NOW);
    StartOffsets shorter = after(at(12), new Extent(0, 9, 0));

    assertThat(other.next()).containsExactly(0);
    assertThat(other.skippedUntil()).isEqualTo(NOW);
    assertThat(shorter.next()).containsExactly(0);
    assertThat(shorter.skippedUntil()).isEqualTo(NOW);
  }

  @Test
  void offsetsThatMeanNothingAnyMoreAreNotUsed() {
    Resume last = at(3);
    last.forget();

    assertThat(after(last, new Extent(0, 9, 7)).next()).containsExactly(7);
    assertThat(after(last, new Extent(0, 9, 7)).skippedUntil()).isEqualTo(NOW);
  }

  @Test
  void aNewPartitionIsReadFromItsBeginning() {
    StartOffsets start = after(at(3), new Extent(0, 3, 3), new Extent(0, 8, 0));

    assertThat(start.next()).containsExactly(3, 0);
    assertThat(start.skippedUntil()).isNull();
  }

  @Test
  void whatWasSkippedBeforeAndIsNotReportedStaysSkipped() {
    Resume last = new Resume(TOPIC, new long[] {9}, BOUND.minusSeconds(5));

    assertThat(after(last, new Extent(0, 9, 9)).skippedUntil()).isEqualTo(BOUND.minusSeconds(5));
    last.reported();
    assertThat(after(last, new Extent(0, 9, 9)).skippedUntil()).isNull();
  }
}
