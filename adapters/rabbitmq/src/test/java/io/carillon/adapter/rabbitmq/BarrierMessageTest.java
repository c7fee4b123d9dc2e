package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.adapter.kit.Occasion;
import io.carillon.adapter.rabbitmq.BarrierMessage.Kind;
import io.carillon.message.Incarnation;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BarrierMessageTest {

  private static BarrierMessage message(Kind kind, Occasion occasion) {
    return new BarrierMessage(kind, "carillon", new Incarnation(1, -2), 7, occasion, "?q.3");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void arrivesAsItWasSent(Kind kind) throws IOException {
    for (Occasion occasion : Occasion.values()) {
      BarrierMessage sent = message(kind, occasion);
      assertThat(BarrierMessage.decode(sent.encode())).isEqualTo(sent);
    }
  }

  @Test
  void aKindOfALaterVersionIsRefused() {
    byte[] body = message(Kind.ASK, Occasion.JOINING).encode();
    body[0] = 6;

    assertThatThrownBy(() -> BarrierMessage.decode(body)).hasMessageContaining("kind: 6");
  }
}
