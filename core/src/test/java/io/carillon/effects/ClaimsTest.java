package io.carillon.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.view.Checkpoint;
import io.carillon.view.CheckpointChange;
import io.carillon.view.CheckpointHead;
import io.carillon.view.Told;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How a node goes on from what other nodes have told. */
class ClaimsTest {

  private static final Channel ROOM = new Channel("1", "room");
  private static final Incarnation SELF = new Incarnation(1, 1);
  private static final Incarnation OTHER = new Incarnation(2, 2);
  private static final Incarnation THIRD = new Incarnation(3, 3);

  private final Claims claims = new Claims();

  @Test
  void goesOnFromTheOnlyCheckpoint() {
    claims.change(
        OTHER, told(7, Told.YES, 2, Map.of(), Map.of("ada", Told.YES, "bob", Told.MAYBE)));
    assertThat(claims.isComplete()).isFalse();
    claims.merge(SELF);
    assertThat(own().head()).isEqualTo(new CheckpointHead(7, 7, Told.YES, 2, Map.of(OTHER, 7L)));
    assertThat(own().members()).isEqualTo(Map.of("ada", Told.YES, "bob", Told.MAYBE));
    assertThat(claims.isComplete()).isTrue();
  }

  @Test
  void aCheckpointThatAnotherOneHasGoneOnFromNeedsNoRegard() {
    claims.change(OTHER, told(7, Told.YES, 2, Map.of(), Map.of("ada", Told.YES)));
    claims.change(THIRD, told(9, Told.NO, 0, Map.of(OTHER, 7L), Map.of()));
    claims.merge(SELF);
    assertThat(own().head())
        .isEqualTo(new CheckpointHead(9, 9, Told.NO, 0, Map.of(OTHER, 7L, THIRD, 9L)));
    assertThat(own().members()).isEmpty();
  }

  /** The other node's last report was under way when this node went on. */
  @Test
  void afterAHandoverOnlyTheDifferenceIsInDoubt() {
    keep(8, Told.YES, 2, Map.of(OTHER, 7L), Map.of("ada", Told.YES));
    claims.change(OTHER, told(8, Told.YES, 2, Map.of(), Map.of("ada", Told.YES, "bob", Told.YES)));
    claims.merge(SELF);
    assertThat(own().head()).isEqualTo(new CheckpointHead(8, 8, Told.YES, 2, Map.of(OTHER, 8L)));
    assertThat(own().members()).isEqualTo(Map.of("ada", Told.YES, "bob", Told.MAYBE));
  }

  /** Both nodes have told on their own, perhaps different things. */
  @Test
  void afterAPartitionEverythingIsInDoubt() {
    keep(9, Told.YES, 2, Map.of(), Map.of("ada", Told.YES));
    claims.change(OTHER, told(8, Told.YES, 2, Map.of(), Map.of("ada", Told.YES)));
    claims.merge(SELF);
    assertThat(own().head())
        .isEqualTo(
            new CheckpointHead(9, 9, Told.MAYBE, CheckpointHead.IN_DOUBT, Map.of(OTHER, 8L)));
    assertThat(own().members()).isEqualTo(Map.of("ada", Told.MAYBE));
    assertThat(own().isInDoubt()).isTrue();
  }

  /** The other node was perhaps telling a report when it was heard last. */
  @Test
  void onlyTheFirstReportAfterAnotherNodesMayBeEqualToItsNext() {
    claims.change(OTHER, told(7, Told.MAYBE, 2, Map.of(), Map.of()));
    claims.merge(SELF);
    assertThat(claims.serialBeforeNext(ClaimsTest::fresh)).isEqualTo(7);

    claims.keep(Objects.requireNonNull(claims.own()));
    own().setHead(new CheckpointHead(8, 8, Told.YES, 2, Map.of(OTHER, 7L)));
    assertThat(claims.serialBeforeNext(ClaimsTest::fresh)).isEqualTo(1_008);

    own().setHead(new CheckpointHead(9, 1_009, Told.YES, 3, Map.of(OTHER, 7L)));
    assertThat(claims.serialBeforeNext(ClaimsTest::fresh)).isEqualTo(1_009);
  }

  @Test
  void withoutDoubtTheSerialIsFresh() {
    claims.change(OTHER, told(7, Told.YES, 2, Map.of(), Map.of()));
    claims.merge(SELF);
    assertThat(claims.serialBeforeNext(ClaimsTest::fresh)).isEqualTo(1_007);
  }

  @Test
  void afterAPartitionTheSerialIsFreshAlthoughEverythingIsInDoubt() {
    keep(9, Told.YES, 2, Map.of(), Map.of("ada", Told.YES));
    claims.change(OTHER, told(8, Told.YES, 2, Map.of(), Map.of("ada", Told.YES)));
    claims.merge(SELF);
    assertThat(claims.serialBeforeNext(ClaimsTest::fresh)).isEqualTo(1_009);
  }

  private static long fresh(long last) {
    return last + 1_000;
  }

  @Test
  void whatANodeThatIsGoneHasToldStaysUntilANodeThatLivesHasGoneOnFromIt() {
    claims.change(OTHER, told(7, Told.YES, 2, Map.of(), Map.of()));
    claims.orphan(OTHER);
    assertThat(claims.hasOrphans()).isTrue();
    claims.change(THIRD, told(9, Told.YES, 1, Map.of(), Map.of()));
    assertThat(claims.hasOrphans()).isTrue();
    claims.change(THIRD, told(10, Told.YES, 1, Map.of(OTHER, 7L), Map.of()));
    assertThat(claims.hasOrphans()).isFalse();
  }

  @Test
  void theEndOfAChannelIsNotKeptForANodeThatIsGone() {
    claims.change(OTHER, told(7, Told.NO, 0, Map.of(), Map.of()));
    claims.orphan(OTHER);
    assertThat(claims.isEmpty()).isTrue();
  }

  private void keep(
      long number,
      Told occupied,
      int subscriptions,
      Map<Incarnation, Long> covered,
      Map<String, Told> members) {
    Checkpoint checkpoint = new Checkpoint();
    checkpoint.apply(told(number, occupied, subscriptions, covered, members));
    claims.keep(checkpoint);
  }

  private static CheckpointChange told(
      long number,
      Told occupied,
      int subscriptions,
      Map<Incarnation, Long> covered,
      Map<String, Told> members) {
    return new CheckpointChange(
        ROOM, new CheckpointHead(number, number, occupied, subscriptions, covered), members);
  }

  private Checkpoint own() {
    return Objects.requireNonNull(claims.own());
  }
}
