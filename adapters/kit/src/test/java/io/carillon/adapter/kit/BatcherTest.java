package io.carillon.adapter.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.adapter.kit.Batcher.Leftovers;
import io.carillon.adapter.kit.Batcher.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BatcherTest {

  private final Batcher batcher =
      Batcher.batching(new PublishLimits(3, 4, 100, 1_000), System::nanoTime);

  @Test
  void aLonePublicationLeavesAtOnceAndAlone() {
    add("a", 10);

    assertThat(sizes(batcher.next())).containsExactly(10);
    assertThat(batcher.next()).isNull();
  }

  @Test
  void whatComesWhileItsChannelIsUnconfirmedWaitsAndLeavesTogether() {
    add("a", 1);
    batcher.next();
    add("a", 2);
    add("a", 3);

    assertThat(batcher.next()).isNull();
    batcher.confirm(1);

    assertThat(sizes(batcher.next())).containsExactly(2, 3);
  }

  @Test
  void whatIsTakenBackIsWhatIsInNoMessageYet() {
    add("a", 1);
    batcher.next();
    add("a", 2);
    add("b", 3);

    assertThat(batcher.takeWaiting()).extracting(o -> o.envelope().length).containsExactly(2, 3);
    assertThat(batcher.next()).isNull();
    assertThat(batcher.confirm(1)).hasSize(1);
    assertThat(batcher.isIdle()).isTrue();
    add("b", 4);
    assertThat(sizes(batcher.next())).containsExactly(4);
  }

  @Test
  void aBatchHoldsSoManyPublicationsAtMost() {
    add("a", 1);
    batcher.next();
    IntStream.range(0, 6).forEach(i -> add("a", 10 + i));
    batcher.confirm(1);

    assertThat(sizes(batcher.next())).containsExactly(10, 11, 12, 13);
    batcher.confirm(2);
    assertThat(sizes(batcher.next())).containsExactly(14, 15);
  }

  @Test
  void aBatchHoldsSoManyBytesAtMostButAlwaysOnePublication() {
    add("a", 1);
    batcher.next();
    List.of(60, 40, 1, 500, 7).forEach(size -> add("a", size));

    batcher.confirm(1);
    assertThat(sizes(batcher.next())).containsExactly(60, 40);
    batcher.confirm(2);
    assertThat(sizes(batcher.next())).containsExactly(1);
    batcher.confirm(3);
    assertThat(sizes(batcher.next())).containsExactly(500);
    batcher.confirm(4);
    assertThat(sizes(batcher.next())).containsExactly(7);
  }

  @Test
  void channelsRunSideBySideUpToTheWindowAndThenWaitInLine() {
    List.of("a", "b", "c", "d", "e").forEach(key -> add(key, 1));

    assertThat(keys(3)).containsExactly("a", "b", "c");
    add("a", 2);
    assertThat(batcher.next()).isNull();
    batcher.confirm(1);
    assertThat(keys(1)).containsExactly("d");
    assertThat(batcher.next()).isNull();
    batcher.confirmUpTo(3);
    assertThat(keys(2)).containsExactly("e", "a");
  }

  @Test
  void oneConfirmMayAnswerMany() {
    List.of("a", "b", "c").forEach(key -> add(key, 1));
    keys(3);

    assertThat(batcher.confirmUpTo(2)).extracting(Message::address).containsExactly("a", "b");
    assertThat(batcher.confirmUpTo(2)).isEmpty();
    assertThat(batcher.isIdle()).isFalse();
    assertThat(batcher.confirm(3)).extracting(Message::address).containsExactly("c");
    assertThat(batcher.isIdle()).isTrue();
  }

  @Test
  void tellsWhatWasSentFromWhatWasNotWhenTheChannelIsLost() {
    add("a", 1);
    batcher.next();
    add("a", 2);
    add("b", 3);
    batcher.withdraw(Objects.requireNonNull(batcher.next()));

    Leftovers left = batcher.reset();

    assertThat(left.sent()).extracting(o -> o.envelope().length).containsExactly(1);
    assertThat(left.unsent()).extracting(o -> o.envelope().length).containsExactly(2);
    assertThat(batcher.isIdle()).isTrue();
    add("a", 4);
    batcher.next();
    assertThat(batcher.confirm(1)).hasSize(1);
  }

  @Test
  void aMessagesBodyIsItsEnvelopesOneBehindTheOther() {
    Outgoing first = new Outgoing("a", new byte[] {1, 2}, outcome -> {});
    batcher.add(first);
    Message alone = Objects.requireNonNull(batcher.next());
    assertThat(alone.body()).isSameAs(first.envelope());
    batcher.add(first);
    batcher.add(new Outgoing("a", new byte[] {3}, outcome -> {}));
    batcher.confirm(alone.number());

    assertThat(Objects.requireNonNull(batcher.next()).body()).containsExactly(1, 2, 3);
  }

  @Test
  void inOneOrderNoAddressOvertakesAnother() {
    Batcher ordered = Batcher.inOneOrder(new PublishLimits(2, 4, 100, 1_000), System::nanoTime);
    List<String> addresses = List.of("all", "all", "one", "all", "one");
    for (String address : addresses) {
      ordered.add(new Outgoing(address, new byte[1], outcome -> {}));
    }

    List<String> left = new ArrayList<>();
    for (long number = 1; !ordered.isIdle(); number++) {
      for (Message next = ordered.next(); next != null; next = ordered.next()) {
        left.add(next.address());
      }
      ordered.confirm(number);
    }

    assertThat(left).isEqualTo(addresses);
  }

  @Test
  void anAddressThatJoinsNothingHasOnePublicationInEachMessageAndWaitsForNoConfirm() {
    Batcher mixed =
        Batcher.batching(
            new PublishLimits(9, 4, 100, 1_000), address -> !address.equals("p"), System::nanoTime);
    for (int size = 1; size <= 3; size++) {
      mixed.add(new Outgoing("p", new byte[size], outcome -> {}));
      mixed.add(new Outgoing("a", new byte[10 * size], outcome -> {}));
    }

    List<List<Integer>> left = new ArrayList<>();
    for (Message next = mixed.next(); next != null; next = mixed.next()) {
      left.add(sizes(next));
    }
    assertThat(left)
        .containsExactlyInAnyOrder(List.of(1), List.of(10, 20, 30), List.of(2), List.of(3));
    assertThat(left).containsSubsequence(List.of(1), List.of(2), List.of(3));
  }

  private void add(String key, int size) {
    batcher.add(new Outgoing(key, new byte[size], outcome -> {}));
  }

  private List<String> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> batcher.next()).map(BatcherTest::key).toList();
  }

  private static String key(@Nullable Message message) {
    return message == null ? "nothing" : message.address();
  }

  private static List<Integer> sizes(@Nullable Message message) {
    return message == null
        ? List.of()
        : message.publications().stream().map(o -> o.envelope().length).toList();
  }
}
