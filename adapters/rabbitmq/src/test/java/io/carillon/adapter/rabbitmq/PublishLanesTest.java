package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.adapter.rabbitmq.PublishLanes.Leftovers;
import io.carillon.adapter.rabbitmq.PublishLanes.Message;
import io.carillon.adapter.rabbitmq.PublishLanes.Outgoing;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PublishLanesTest {

  private final PublishLanes lanes = PublishLanes.batching(new PublishLimits(3, 4, 100, 1_000));

  @Test
  void aLonePublicationLeavesAtOnceAndAlone() {
    add("a", 10);

    assertThat(sizes(lanes.next())).containsExactly(10);
    assertThat(lanes.next()).isNull();
  }

  @Test
  void whatComesWhileItsChannelIsUnconfirmedWaitsAndLeavesTogether() {
    add("a", 1);
    lanes.next();
    add("a", 2);
    add("a", 3);

    assertThat(lanes.next()).isNull();
    lanes.confirm(1, false);

    assertThat(sizes(lanes.next())).containsExactly(2, 3);
  }

  @Test
  void whatIsTakenBackIsWhatIsInNoMessageYet() {
    add("a", 1);
    lanes.next();
    add("a", 2);
    add("b", 3);

    assertThat(lanes.takeWaiting()).extracting(o -> o.envelope().length).containsExactly(2, 3);
    assertThat(lanes.next()).isNull();
    assertThat(lanes.confirm(1, false)).hasSize(1);
    assertThat(lanes.isIdle()).isTrue();
    add("b", 4);
    assertThat(sizes(lanes.next())).containsExactly(4);
  }

  @Test
  void aBatchHoldsSoManyPublicationsAtMost() {
    add("a", 1);
    lanes.next();
    IntStream.range(0, 6).forEach(i -> add("a", 10 + i));
    lanes.confirm(1, false);

    assertThat(sizes(lanes.next())).containsExactly(10, 11, 12, 13);
    lanes.confirm(2, false);
    assertThat(sizes(lanes.next())).containsExactly(14, 15);
  }

  @Test
  void aBatchHoldsSoManyBytesAtMostButAlwaysOnePublication() {
    add("a", 1);
    lanes.next();
    List.of(60, 40, 1, 500, 7).forEach(size -> add("a", size));

    lanes.confirm(1, false);
    assertThat(sizes(lanes.next())).containsExactly(60, 40);
    lanes.confirm(2, false);
    assertThat(sizes(lanes.next())).containsExactly(1);
    lanes.confirm(3, false);
    assertThat(sizes(lanes.next())).containsExactly(500);
    lanes.confirm(4, false);
    assertThat(sizes(lanes.next())).containsExactly(7);
  }

  @Test
  void channelsRunSideBySideUpToTheWindowAndThenWaitInLine() {
    List.of("a", "b", "c", "d", "e").forEach(key -> add(key, 1));

    assertThat(keys(3)).containsExactly("a", "b", "c");
    add("a", 2);
    assertThat(lanes.next()).isNull();
    lanes.confirm(1, false);
    assertThat(keys(1)).containsExactly("d");
    assertThat(lanes.next()).isNull();
    lanes.confirm(3, true);
    assertThat(keys(2)).containsExactly("e", "a");
  }

  @Test
  void oneConfirmMayAnswerMany() {
    List.of("a", "b", "c").forEach(key -> add(key, 1));
    keys(3);

    assertThat(lanes.confirm(2, true)).extracting(Message::key).containsExactly("a", "b");
    assertThat(lanes.confirm(2, true)).isEmpty();
    assertThat(lanes.isIdle()).isFalse();
    assertThat(lanes.confirm(3, false)).extracting(Message::key).containsExactly("c");
    assertThat(lanes.isIdle()).isTrue();
  }

  @Test
  void tellsWhatWasSentFromWhatWasNotWhenTheChannelIsLost() {
    add("a", 1);
    lanes.next();
    add("a", 2);
    add("b", 3);
    lanes.withdraw(Objects.requireNonNull(lanes.next()));

    Leftovers left = lanes.reset();

    assertThat(left.sent()).extracting(o -> o.envelope().length).containsExactly(1);
    assertThat(left.unsent()).extracting(o -> o.envelope().length).containsExactly(2);
    assertThat(lanes.isIdle()).isTrue();
    add("a", 4);
    lanes.next();
    assertThat(lanes.confirm(1, false)).hasSize(1);
  }

  @Test
  void aMessagesBodyIsItsEnvelopesOneBehindTheOther() {
    Outgoing first = new Outgoing("a", new byte[] {1, 2}, outcome -> {});
    Outgoing second = new Outgoing("a", new byte[] {3}, outcome -> {});

    assertThat(new Message("a", List.of(first)).body()).isSameAs(first.envelope());
    assertThat(new Message("a", List.of(first, second)).body()).containsExactly(1, 2, 3);
  }

  private void add(String key, int size) {
    lanes.add(new Outgoing(key, new byte[size], outcome -> {}));
  }

  private List<String> keys(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> lanes.next())
        .map(PublishLanesTest::key)
        .toList();
  }

  private static String key(@Nullable Message message) {
    return message == null ? "nothing" : message.key();
  }

  private static List<Integer> sizes(@Nullable Message message) {
    return message == null
        ? List.of()
        : message.publications().stream().map(o -> o.envelope().length).toList();
  }
}
