package io.carillon.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The size that a slice reckons with. */
class SliceSizeTest {

  private static final Channel ROOM = new Channel("1", "room");
  private static final MemberMark ANN = new MemberMark("ann", 1, 5);
  private static final MemberMark BOB = new MemberMark("bob", 1, 5);

  private final Slice slice = new Slice();

  @Test
  void theFirstMemberOfAChannelAlsoCostsTheTableOfItsMembers() {
    slice.count(ROOM, 2);
    long empty = slice.bytes();
    slice.put(ROOM, ANN);
    long one = slice.bytes();
    slice.put(ROOM, BOB);
    long two = slice.bytes();
    assertThat(two - one).isEqualTo(Slice.sizeOf("bob"));
    assertThat(one - empty).isGreaterThan(Slice.sizeOf("ann") + 100);
  }

  @Test
  void whatLeavesGivesItsSizeBack() {
    slice.count(ROOM, 2);
    long empty = slice.bytes();
    for (int i = 0; i < 3; i++) {
      slice.put(ROOM, ANN);
      slice.put(ROOM, BOB);
      slice.remove(ROOM, "ann");
      slice.remove(ROOM, "bob");
      assertThat(slice.bytes()).isEqualTo(empty);
    }
    slice.count(ROOM, 0);
    assertThat(slice.bytes()).isZero();
  }

  @Test
  void aMemberWhoseInfoIsOfAnotherConnectionCostsNothingMore() {
    slice.put(ROOM, ANN);
    long before = slice.bytes();
    slice.put(ROOM, new MemberMark("ann", 2, 7));
    assertThat(slice.bytes()).isEqualTo(before);
  }

  @Test
  void aCheckpointGivesItsSizeBack() {
    slice.tell(ROOM, "ann", Told.MAYBE);
    slice.checkpoint(ROOM, new CheckpointHead(7, 7, Told.YES, 1, Map.of()));
    assertThat(slice.bytes()).isPositive();
    slice.tell(ROOM, "ann", Told.YES);
    slice.checkpoint(ROOM, CheckpointHead.NONE);
    assertThat(slice.bytes()).isZero();
    assertThat(slice.digest()).isZero();
  }
}
