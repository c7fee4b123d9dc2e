package io.carillon.protocol.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.protocol.Handshake;
import org.junit.jupiter.api.Test;

class TopicsProtocolTest {

  private final TopicsProtocol protocol = new TopicsProtocol(TopicsConfig.DEFAULTS);

  @Test
  void takesNamesOf256BytesAndTellsWhatIsWrongWithLongerOnes() {
    assertThat(protocol.refusal(Handshake.of("/"))).isEmpty();
    assertThat(protocol.refusal(Handshake.of("/?name="))).isEmpty();
    assertThat(protocol.refusal(Handshake.of("/?name=" + "x".repeat(256)))).isEmpty();
    assertThat(protocol.refusal(Handshake.of("/?name=" + "%C3%B6".repeat(128)))).isEmpty();

    assertThat(protocol.refusal(Handshake.of("/?name=" + "x".repeat(257))))
        .hasValue("The name has 257 bytes (expected: at most 256).");
    assertThat(protocol.refusal(Handshake.of("/?name=" + "%C3%B6".repeat(129)))).isPresent();
    assertThat(protocol.refusal(Handshake.of("/?name=a&name=" + "x".repeat(257))))
        .as("the first one counts")
        .isEmpty();
  }
}
