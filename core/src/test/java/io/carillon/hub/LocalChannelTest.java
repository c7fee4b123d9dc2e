package io.carillon.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import org.junit.jupiter.api.Test;

class LocalChannelTest {

  private static final Channel CHANNEL = new Channel("app", "remembers");
  private static final Publication ONE =
      new Publication(
          new MessageId(new Incarnation(1, 2), 3),
          CHANNEL,
          "e",
          Payload.text("x"),
          "",
          "",
          0,
          null);

  /** Two threads may hand over: that of the deliveries and that of the confirms. */
  @Test
  void aLastPublicationThatWasOvertakenByALaterOneIsNoNews() {
    LocalChannel local = new LocalChannel(CHANNEL, 1);

    assertThat(local.isNews(Delivery.of(new Remembered(ONE, 5)))).isTrue();
    assertThat(local.isNews(Delivery.of(new Remembered(ONE, 4)))).isFalse();
    assertThat(local.isNews(Delivery.ofPassing(ONE, 4))).isTrue();
    assertThat(local.isNews(Delivery.ofPassing(ONE, 7))).isTrue();
    assertThat(local.isNews(Delivery.of(new Remembered(ONE, 6)))).as("7 is none").isTrue();
    assertThat(local.isNews(Delivery.of(ONE))).isTrue();
  }
}
