package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every notice and every input rule of the topics protocol, as scripts: {@code exchanges.txt}. */
class ExchangesTest {

  record Exchange(String title, List<String> says, List<String> hears) {
    @Override
    public String toString() {
      return title;
    }
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void answersAsWritten(Exchange exchange) {
    TopicsWorld world = new TopicsWorld();
    TopicsWorld.Client client = world.greeted(0, "Ada");
    exchange.says.forEach(client::send);
    world.settle();
    assertThat(client.heard()).isEqualTo(exchange.hears);
  }

  /** The same frames, each as a binary message, and only after the frame before is answered. */
  @ParameterizedTest
  @MethodSource("exchanges")
  void answersBinaryFramesTheSame(Exchange exchange) {
    TopicsWorld world = new TopicsWorld();
    TopicsWorld.Client client = world.greeted(0, "Ada");
    for (String text : exchange.says) {
      client.session.onBinary(text.getBytes(UTF_8));
      world.settle();
    }
    assertThat(client.heard()).isEqualTo(exchange.hears);
  }

  static Stream<Exchange> exchanges() throws IOException {
    List<Exchange> exchanges = new ArrayList<>();
    try (InputStream in = ExchangesTest.class.getResourceAsStream("exchanges.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      for (String line : text.lines().toList()) {
        String rest = line.substring(Math.min(2, line.length())).translateEscapes();
        switch (line.isEmpty() ? '#' : line.charAt(0)) {
          case '=' ->
              exchanges.add(new Exchange(rest.substring(1), new ArrayList<>(), new ArrayList<>()));
          case '>' -> exchanges.getLast().says.add(rest);
          case '<' -> exchanges.getLast().hears.add(rest);
          case '#' -> {}
          default -> throw new AssertionError("exchanges.txt: " + line);
        }
      }
    }
    return exchanges.stream();
  }
}
