package io.carillon.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.testkit.MapOfPublications;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelMemoryTest {

  private static final Incarnation HERE = new Incarnation(1, 2);
  private static final Incarnation ELSEWHERE = new Incarnation(3, 4);
  private static final Channel CHANNEL = new Channel("app", "remembers");

  private final ChannelMemory memory =
      new ChannelMemory(
          HERE,
          new MapOfPublications(
              channel -> channel.name().equals("remembers"),
              publication -> publication.event().equals("e")));

  private static Publication publication(Incarnation node, long sequence, String event) {
    return new Publication(
        new MessageId(node, sequence), CHANNEL, event, Payload.text("x"), "", "", 0, null);
  }

  private static Publication own(long sequence) {
    return publication(HERE, sequence, "e");
  }

  private Publication last() {
    return memory.of(CHANNEL).orElseThrow().publication();
  }

  @Test
  void takesWhatCameMeanwhileForNewerThanItsOwn() {
    Optional<Remembered> before = memory.of(CHANNEL);
    Publication others = publication(ELSEWHERE, 9, "e");
    memory.heard(others);

    assertThat(memory.accepted(own(1), before)).isNull();
    assertThat(last()).isEqualTo(others);
  }

  @Test
  void takesItsOwnInTheOrderInWhichItWasPublished() {
    memory.heard(publication(ELSEWHERE, 9, "e"));
    Optional<Remembered> before = memory.of(CHANNEL);

    assertThat(memory.accepted(own(2), before)).isNotNull();
    assertThat(memory.accepted(own(3), before)).isNotNull();
    assertThat(memory.accepted(own(1), before)).isNull();
    assertThat(last()).isEqualTo(own(3));
  }

  @Test
  void handsOutOnceWhatIsAcceptedAndComesBackAllTheSame() {
    assertThat(memory.accepted(own(1), Optional.empty())).isNotNull();
    assertThat(memory.accepted(own(2), Optional.empty())).isNotNull();
    assertThat(memory.heard(own(1))).isNull();
    assertThat(memory.heard(own(2))).isNull();
    assertThat(memory.heard(own(3))).isNotNull();
    assertThat(memory.heard(publication(ELSEWHERE, 3, "e"))).isNotNull();
    assertThat(memory.accepted(own(3), memory.of(CHANNEL))).isNull();
    assertThat(last().id().node()).isEqualTo(ELSEWHERE);
  }

  /** So all nodes remember the same, which take both from the bus in its order. */
  @Test
  void whatComesBackBehindAnothersIsTheLastThoughItWasHandedOut() {
    memory.accepted(own(1), Optional.empty());
    memory.heard(publication(ELSEWHERE, 9, "e"));

    assertThat(memory.heard(own(1))).isNotNull();
    assertThat(last()).isEqualTo(own(1));
  }

  @Test
  void numbersAllThatComesToAChannelThatRemembers() {
    Delivery first = memory.heard(own(1));
    Delivery passing = memory.heard(publication(HERE, 2, "client-e"));
    Delivery second = memory.heard(own(3));

    assertThat(first).isNotNull().matches(Delivery::isLast);
    assertThat(passing).isNotNull().matches(one -> !one.isLast());
    assertThat(first.order()).isPositive().isLessThan(passing.order());
    assertThat(second).isNotNull();
    assertThat(passing.order()).isLessThan(second.order());
    assertThat(memory.of(CHANNEL)).contains(new Remembered(own(3), second.order()));
  }

  @Test
  void leavesOtherChannelsAlone() {
    Publication other =
        new Publication(
            new MessageId(HERE, 1),
            new Channel("app", "other"),
            "e",
            Payload.text("x"),
            "",
            "",
            0,
            null);

    assertThat(memory.concern(other)).isFalse();
    Delivery delivery = memory.heard(other);
    assertThat(delivery).isNotNull();
    assertThat(delivery.order()).isEqualTo(Delivery.NO_ORDER);
    assertThat(memory.of(other.channel())).isEmpty();
  }
}
