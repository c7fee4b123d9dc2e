package io.carillon.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import org.junit.jupiter.api.Test;

/** The size that a slice reckons with. */
class SliceSizeTest {

  private static final Channel ROOM = new Channel("1", "room");
  private static final Member ANN = new Member("ann", "{}");
  private static final Member BOB = new Member("bob", "{}");

  private final Slice slice = new Slice();

  @Test
  void theFirstMemberOfAChannelAlsoCostsTheTableOfItsMembers() {
    slice.count(ROOM, 2);
    long empty = slice.bytes();
    slice.put(ROOM, ANN);
    long one = slice.bytes();
    slice.put(ROOM, BOB);
    long two = slice.bytes();
    assertThat(two - one).isEqualTo(Slice.sizeOf(BOB));
    assertThat(one - empty).isGreaterThan(Slice.sizeOf(ANN) + 100);
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
  void aMemberThatComesAgainWithOtherInfoCostsTheDifference() {
    slice.put(ROOM, ANN);
    long before = slice.bytes();
    slice.put(ROOM, new Member("ann", "{\"a\":1}"));
    assertThat(slice.bytes() - before).isEqualTo(2L * "\"a\":1".length());
  }
}
