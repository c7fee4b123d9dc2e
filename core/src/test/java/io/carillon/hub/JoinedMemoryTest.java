package io.carillon.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.testkit.MapOfPublications;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JoinedMemoryTest {

  private static final Channel OF_FIRST = new Channel("app", "a");
  private static final Channel OF_BOTH = new Channel("app", "ab");
  private static final Channel OF_SECOND = new Channel("app", "b");
  private static final Channel OF_NONE = new Channel("app", "c");

  private final LastPublications first =
      new MapOfPublications(
          channel -> channel.name().contains("a"), one -> one.event().equals("first"));
  private final LastPublications second =
      new MapOfPublications(
          channel -> channel.name().contains("b"), one -> one.event().equals("second"));
  private final LastPublications joined = LastPublications.joined(List.of(first, second));

  private static Publication publication(Channel channel, String event) {
    MessageId id = new MessageId(new Incarnation(1, 2), 3);
    return new Publication(id, channel, event, Payload.text("x"), "", "", 0, null);
  }

  @Test
  void aChannelBelongsToTheFirstThatRemembersIt() {
    Remembered one = new Remembered(publication(OF_BOTH, "first"), 1);
    joined.change(OF_BOTH, _ -> Optional.of(one));
    assertThat(joined.of(OF_BOTH)).contains(one);
    assertThat(first.of(OF_BOTH)).contains(one);
    assertThat(second.of(OF_BOTH)).isEmpty();
  }

  @Test
  void eachDecidesAboutItsOwnChannels() {
    assertThat(joined.concern(publication(OF_FIRST, "first"))).isTrue();
    assertThat(joined.concern(publication(OF_FIRST, "second"))).isFalse();
    assertThat(joined.concern(publication(OF_SECOND, "second"))).isTrue();
    assertThat(joined.remembers(OF_SECOND)).isTrue();
    assertThat(joined.remaining(OF_SECOND)).isPositive();
  }

  @Test
  void remembersNothingOfOtherChannels() {
    joined.change(OF_NONE, _ -> Optional.of(new Remembered(publication(OF_NONE, "first"), 1)));
    assertThat(joined.remembers(OF_NONE)).isFalse();
    assertThat(joined.concern(publication(OF_NONE, "first"))).isFalse();
    assertThat(joined.of(OF_NONE)).isEmpty();
    assertThat(joined.remaining(OF_NONE)).isEqualTo(Duration.ZERO);
  }
}
