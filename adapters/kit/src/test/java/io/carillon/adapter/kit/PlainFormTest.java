package io.carillon.adapter.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.broker.EnvelopeReader;
import io.carillon.broker.PlainChannel;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlainFormTest {

  private static final Channel CHANNEL = new Channel("app", "channel");
  private static final int MAX = 5;

  private final PlainForm form =
      new PlainForm(
          List.of(new PlainChannel(CHANNEL, "ws:messages", MAX)), new SplittableRandom(1), () -> 0);
  private final List<Publication> read = new ArrayList<>();
  private boolean wanted = true;

  private final EnvelopeReader reader =
      new EnvelopeReader() {
        @Override
        public boolean wants(Channel channel) {
          return wanted;
        }

        @Override
        public void onPublication(Publication publication) {
          read.add(publication);
        }

        @Override
        public void onControl(ControlMessage message) {
          throw new AssertionError("no control message is plain");
        }
      };

  private static Publication publication(String text) {
    MessageId id = new MessageId(new Incarnation(1, 1), 1);
    return new Publication(id, CHANNEL, "event", Payload.text(text), "sender", "", 5, null);
  }

  @Test
  void aMessageIsThePayloadAlone() {
    assertThat(form.carries(CHANNEL)).isTrue();
    assertThat(form.address(CHANNEL)).isEqualTo("ws:messages");
    assertThat(form.encode(publication("h\u00e9"))).isEqualTo("h\u00e9".getBytes(UTF_8));
  }

  @Test
  void otherChannelsAndNamesAreNotPlain() {
    assertThat(form.carries(new Channel("app", "other"))).isFalse();
    assertThat(form.has("ws:messages")).isTrue();
    assertThat(form.has("carillon:v1:nodes")).isFalse();
  }

  @Test
  void everyMessageIsAPublicationWithAnIdOfItsOwn() {
    form.decode("ws:messages", "a".getBytes(UTF_8), reader);
    form.decode("ws:messages", new byte[0], reader);
    form.decode("ws:messages", new byte[] {(byte) 0xFF}, reader);

    assertThat(read).extracting(it -> it.payload().asText()).containsExactly("a", "", "\ufffd");
    assertThat(read.get(2).payload()).isEqualTo(Payload.text("\ufffd"));
    assertThat(read).extracting(Publication::id).doesNotHaveDuplicates();
    assertThat(read).allMatch(it -> it.channel().equals(CHANNEL) && it.sender().isEmpty());
  }

  @Test
  void aMessageThatIsTooLongIsDroppedAndCounted() {
    form.decode("ws:messages", new byte[MAX + 1], reader);
    assertThat(read).isEmpty();
    assertThat(form.unreadable()).isEqualTo(1);

    form.decode("ws:messages", "12345".getBytes(UTF_8), reader);
    assertThat(read).hasSize(1);
    assertThatThrownBy(() -> form.encode(publication("123456")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("payload: 6 bytes (expected: at most 5)");
  }

  @Test
  void aMessageThatNobodyWantsIsSkipped() {
    wanted = false;
    form.decode("ws:messages", "a".getBytes(UTF_8), reader);
    assertThat(read).isEmpty();
    assertThat(form.unreadable()).isZero();
  }
}
