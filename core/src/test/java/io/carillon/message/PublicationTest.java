package io.carillon.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublicationTest {

  private static final MessageId ID = new MessageId(new Incarnation(1, 2), 3);

  @Test
  void weighsWhatItsNamesWeighToo() {
    int least = weight("t", "", "", "");
    assertThat(least).as("an empty one is not free").isPositive();
    assertThat(weight("t" + "x".repeat(1000), "", "", "") - least).isEqualTo(1000);
    assertThat(weight("t", "x".repeat(2000), "", "") - least).isEqualTo(2000);
    assertThat(weight("t", "", "x".repeat(3000), "") - least).isEqualTo(3000);
    assertThat(weight("t", "", "", "x".repeat(4000)) - least).isEqualTo(4000);
  }

  private static int weight(String topic, String event, String payload, String sender) {
    return new Publication(
            ID, Channel.ofTopic(topic), event, Payload.text(payload), sender, "", 0, null)
        .weight();
  }
}
