package io.carillon.benchmark.view;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberClientTest {

  private static final String HEAD =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
  private static final String GREETING =
      "{\"event\":\"pusher:connection_established\",\"data\":\"{\\\"socket_id\\\":\\\"12.34\\\"}\"}";
  private static final String SUBSCRIBED =
      "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"presence-storm\","
          + "\"data\":\"{\\\"presence\\\":{\\\"count\\\":3,\\\"ids\\\":["
          + "\\\"user\\\",".repeat(9_000)
          + "]}}\"}";
  private static final String ADDED =
      "{\"event\":\"pusher_internal:member_added\",\"data\":\"{}\"}";

  private static final String REMOVED = ADDED.replace("added", "removed");

  private final MemberClient client = new MemberClient(1);

  private static byte[] text(String... messages) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(HEAD.getBytes(US_ASCII));
    for (String message : messages) {
      int length = message.length();
      out.write(0x81);
      if (length < 126) {
        out.write(length);
      } else if (length < 1 << 16) {
        out.write(126);
        out.write(ByteBuffer.allocate(2).putShort((short) length).array());
      } else {
        out.write(127);
        out.write(ByteBuffer.allocate(8).putLong(length).array());
      }
      out.write(message.getBytes(US_ASCII));
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000, 1_000_000})
  void countsTheMembersThatItWasToldOf(int piece) throws IOException {
    byte[] bytes = text(GREETING, SUBSCRIBED, ADDED, REMOVED, ADDED, ADDED);
    for (int from = 0; from < bytes.length; from += piece) {
      client.take(ByteBuffer.wrap(bytes, from, Math.min(piece, bytes.length - from)));
    }
    assertThat(client.socketId()).isEqualTo("12.34");
    assertThat(client.known()).isEqualTo(5);
    assertThat(client.removed()).isEqualTo(1);
  }

  @Test
  void isNotJoinedBeforeTheAnswer() throws IOException {
    client.take(ByteBuffer.wrap(text(GREETING)));
    assertThat(client.isJoined()).isFalse();
  }

  @Test
  void aRefusalIsNotOverlooked() {
    String refusal = "{\"event\":\"pusher:subscription_error\"}";
    assertThatThrownBy(() -> client.take(ByteBuffer.wrap(text(GREETING, refusal))))
        .hasMessageContaining("subscription_error");
  }
}
