package io.carillon.conformance.limits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Frame;
import io.carillon.conformance.client.Frames;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.cluster.Cluster;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Input that no decent client sends. It costs at most its sender's connection, and disturbs no
 * other client.
 */
class HostileInputIT {

  private static final int PROTOCOL_ERROR = 1002;
  private static final int INVALID_PAYLOAD = 1007;
  private static final int TOO_BIG = 1009;
  private static final int MAX_MESSAGE = 262_144;
  private static final String SUPPORTED_ACTIONS =
      "System: Supported actions are subscribe, unsubscribe, publish, and list.";

  @RegisterExtension static final Cluster cluster = Cluster.of(1);

  @AfterEach
  void othersAreServed() {
    cluster.join(1, "Healthy").send("fine").expect("[lobby] Healthy: fine");
    assertThat(cluster.node(1).log()).noneMatch(line -> line.contains("ERROR"));
  }

  static Stream<Arguments> violations() {
    byte[] hi = "hi".getBytes(UTF_8);
    byte[] partial = Frames.masked(Frames.TEXT, hi);
    return Stream.of(
        violation("an unmasked frame", Frames.unmasked(Frames.FIN | Frames.TEXT, hi)),
        violation("reserved bit 1", Frames.masked(0x40 | Frames.FIN | Frames.TEXT, hi)),
        violation("reserved bit 2", Frames.masked(0x20 | Frames.FIN | Frames.TEXT, hi)),
        violation("reserved bit 3", Frames.masked(0x10 | Frames.FIN | Frames.PING, hi)),
        violation("reserved opcode 3", Frames.masked(Frames.FIN | 0x3, hi)),
        violation("reserved opcode 11", Frames.masked(Frames.FIN | 0xB, hi)),
        violation("a fragmented ping", Frames.masked(Frames.PING, hi)),
        violation("a fragmented close", Frames.masked(Frames.CLOSE, new byte[] {3, (byte) 0xE8})),
        violation("a ping of 126 bytes", Frames.masked(Frames.FIN | Frames.PING, new byte[126])),
        violation("continuation of nothing", Frames.masked(Frames.FIN | Frames.CONTINUATION, hi)),
        violation("a message inside a message", Frames.concat(partial, Frames.text("new"))),
        violation("half a close code", Frames.masked(Frames.FIN | Frames.CLOSE, new byte[] {3})),
        violation(
            "a close code that may not be sent",
            Frames.masked(Frames.FIN | Frames.CLOSE, new byte[] {3, (byte) 0xED})),
        violation(
            "a length in 2 bytes for 2",
            new byte[] {(byte) 0x81, (byte) 0xFE, 0, 2, 1, 1, 1, 1, 'a', 'b'}),
        violation(
            "a negative length",
            new byte[] {(byte) 0x81, (byte) 0xFF, -1, -1, -1, -1, -1, -1, -1, -1, 1, 1, 1, 1}));
  }

  private static Arguments violation(String name, byte[] frames) {
    return Arguments.argumentSet(name, frames);
  }

  @ParameterizedTest
  @MethodSource("violations")
  void closesThoseWhoBreakTheProtocol(byte[] frames) {
    RawClient mallory = cluster.dial(1).open("Mallory");

    assertThat(mallory.send(frames).readClose()).isEqualTo(PROTOCOL_ERROR);
  }

  @Test
  void closesAFrameThatIsTooLongByItsHeaderAlone() {
    RawClient mallory = cluster.dial(1).open("Mallory");

    mallory.send(Frames.header(Frames.FIN | Frames.TEXT, 0x80, MAX_MESSAGE + 1));

    assertThat(mallory.readClose()).isEqualTo(TOO_BIG);
  }

  @Test
  void closesAFrameThatClaimsHalfTheAddressSpace() {
    RawClient mallory = cluster.dial(1).open("Mallory");

    mallory.send(Frames.header(Frames.FIN | Frames.BINARY, 0x80, Long.MAX_VALUE));

    assertThat(mallory.readClose()).isEqualTo(TOO_BIG);
  }

  @Test
  void closesAMessageThatIsTooLongInItsParts() {
    RawClient mallory = cluster.dial(1).open("Mallory");
    byte[] half = new byte[MAX_MESSAGE / 2 + 1];
    Arrays.fill(half, (byte) 'x');

    mallory.send(
        Frames.masked(Frames.TEXT, half), Frames.masked(Frames.FIN | Frames.CONTINUATION, half));

    assertThat(mallory.readClose()).isEqualTo(TOO_BIG);
  }

  @Test
  void takesTheLongestMessageThatIsAllowed() {
    String longest = "x".repeat(MAX_MESSAGE);

    cluster.join(1, "Alice").send(longest).expect("[lobby] Alice: " + longest);
  }

  static Stream<Arguments> brokenUtf8() {
    return Stream.of(
        Arguments.argumentSet("a lone continuation byte", new byte[] {'a', (byte) 0x80}),
        Arguments.argumentSet("a cut sequence", new byte[] {'a', (byte) 0xE2, (byte) 0x82}),
        Arguments.argumentSet("an overlong slash", new byte[] {(byte) 0xC0, (byte) 0xAF}),
        Arguments.argumentSet("a surrogate", new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}),
        Arguments.argumentSet(
            "beyond Unicode", new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}),
        Arguments.argumentSet("no UTF-8 at all", new byte[] {(byte) 0xFF, (byte) 0xFE}));
  }

  @ParameterizedTest
  @MethodSource("brokenUtf8")
  void closesTextThatIsNotUtf8(byte[] broken) {
    RawClient mallory = cluster.dial(1).open("Mallory");

    mallory.send(Frames.masked(Frames.FIN | Frames.TEXT, broken));

    assertThat(mallory.readClose()).isEqualTo(INVALID_PAYLOAD);
  }

  @ParameterizedTest
  @MethodSource("brokenUtf8")
  void readsBinaryThatIsNotUtf8WithReplacements(byte[] broken) {
    RawClient alice = cluster.dial(1).open("Alice");

    alice.send(Frames.masked(Frames.FIN | Frames.BINARY, broken));

    assertThat(alice.readText()).isEqualTo("[lobby] Alice: " + new String(broken, UTF_8));
  }

  @Test
  void aCharacterMayBeSplitBetweenFrames() {
    byte[] bell = "🔔".getBytes(UTF_8);
    RawClient alice = cluster.dial(1).open("Alice");

    alice.send(
        Frames.masked(Frames.TEXT, Arrays.copyOf(bell, 2)),
        Frames.masked(Frames.FIN | Frames.PING, "between".getBytes(UTF_8)),
        Frames.masked(Frames.FIN | Frames.CONTINUATION, Arrays.copyOfRange(bell, 2, 4)));

    Frame pong = alice.readFrame();
    assertThat(pong.opcode()).isEqualTo(Frames.PONG);
    assertThat(pong.text()).isEqualTo("between");
    assertThat(alice.readText()).isEqualTo("[lobby] Alice: 🔔");
  }

  @Test
  void aFrameMayComeByteByByte() {
    RawClient alice = cluster.dial(1).open("Alice");

    for (byte b : Frames.text("drop by drop")) {
      alice.send(new byte[] {b});
    }

    assertThat(alice.readText()).isEqualTo("[lobby] Alice: drop by drop");
  }

  @Test
  void answersACloseWithTheSameCode() {
    RawClient alice = cluster.dial(1).open("Alice");

    alice.send(Frames.masked(Frames.FIN | Frames.CLOSE, new byte[] {0x0F, (byte) 0xA0}));

    assertThat(alice.readClose()).isEqualTo(4000);
  }

  @Test
  void deepJsonIsAnArrayAndUnbalancedJsonIsChat() {
    String open = "[".repeat(100_000);
    String close = "]".repeat(100_000);
    Client alice = cluster.join(1, "Alice");

    alice.send(open + close).expect(SUPPORTED_ACTIONS);
    alice.send(open).expect("[lobby] Alice: " + open);
    alice.send(open + close + "]").expect("[lobby] Alice: " + open + close + "]");
    alice
        .send("{\"x\":" + open + close + ",\"action\":\"list\"}")
        .expect("System: Current subscriptions: lobby");
    String objects = "{\"a\":".repeat(40_000) + "1" + "}".repeat(40_000);
    alice.send(objects).expect(SUPPORTED_ACTIONS);
  }

  @Test
  void hugeNumbersAndNamesAreOnlyJson() {
    Client alice = cluster.join(1, "Alice");

    alice.send("9".repeat(200_000)).expect("System: Unsupported message format.");
    alice.send("1e" + "9".repeat(1_000)).expect("System: Unsupported message format.");
    alice.send("{\"" + "n".repeat(200_000) + "\":1}").expect(SUPPORTED_ACTIONS);
  }

  @Test
  void loneSurrogatesAreReplaced() {
    cluster
        .join(1, "Alice")
        .send("{\"action\":\"publish\",\"topic\":\"lobby\",\"message\":\"a\\ud800b\"}")
        .expect("[lobby] Alice: a\uFFFDb");
  }

  @Test
  void aClientThatVanishesInTheMiddleOfAFrameIsForgotten() {
    RawClient mallory = cluster.dial(1).open("Mallory");

    mallory.send(Arrays.copyOf(Frames.text("never finished"), 9));
    mallory.close();
  }
}
