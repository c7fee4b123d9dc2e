package io.carillon.server.transport;

import static io.carillon.server.transport.ClientFrames.BINARY;
import static io.carillon.server.transport.ClientFrames.CLOSE;
import static io.carillon.server.transport.ClientFrames.CONTINUATION;
import static io.carillon.server.transport.ClientFrames.PING;
import static io.carillon.server.transport.ClientFrames.PONG;
import static io.carillon.server.transport.ClientFrames.TEXT;
import static io.carillon.server.transport.ClientFrames.close;
import static io.carillon.server.transport.ClientFrames.frame;
import static io.carillon.server.transport.ClientFrames.join;
import static io.carillon.server.transport.ClientFrames.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

  private static final int MAX = 70_000;
  private static final byte[] NOTHING = {};

  private final List<String> heard = new ArrayList<>();
  private FrameDecoder decoder = decoder(MAX, MAX);

  private FrameDecoder decoder(int maxFrame, int maxMessage) {
    TransportConfig d = TransportConfig.DEFAULTS;
    TransportConfig config =
        new TransportConfig(
            d.host(),
            0,
            1,
            maxMessage,
            maxFrame,
            1,
            1,
            d.maxRequestLineBytes(),
            d.maxHeaderBytes(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            IoBackend.AUTO,
            HttpConfig.DEFAULTS,
            ProxyConfig.DEFAULTS,
            ClientLimits.DEFAULTS);
    return new FrameDecoder(
        config,
        new FrameDecoder.Listener() {
          @Override
          public void onText(byte[] utf8) {
            heard.add("text " + new String(utf8, UTF_8));
          }

          @Override
          public void onBinary(byte[] data) {
            heard.add("binary " + new String(data, ISO_8859_1));
          }

          @Override
          public void onPing(byte[] payload) {
            heard.add("ping " + new String(payload, ISO_8859_1));
          }

          @Override
          public void onPong() {
            heard.add("pong");
          }

          @Override
          public void onClose(byte[] payload) {
            heard.add("close " + HexFormat.of().formatHex(payload));
          }
        });
  }

  @Test
  void readsEveryKindOfFrame() throws WebSocketException {
    decode(
        join(
            text("größe"),
            frame(true, BINARY, new byte[] {0, (byte) 0xFF}),
            frame(true, PING, "p".getBytes(UTF_8)),
            frame(true, PONG, "ignored".getBytes(UTF_8)),
            frame(true, TEXT, NOTHING),
            close(1000, "bye")));
    assertThat(heard)
        .containsExactly(
            "text größe", "binary \0\u00FF", "ping p", "pong", "text ", "close 03e8627965");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 124, 125, 126, 127, 65534, 65535, 65536, 65537, MAX})
  void readsEveryFormOfLength(int length) throws WebSocketException {
    String text = "x".repeat(length);
    decode(text(text));
    assertThat(heard).containsExactly("text " + text);
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "2, 125", "8, 0", "8, 125", "8, 126", "8, 65535", "8, -1"})
  void refusesALengthThatIsNotInItsShortestForm(int lengthBytes, long length) {
    assertRefused(1002, frame(0x80 | TEXT, lengthBytes, length, NOTHING));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x40, 0x20, 0x10, 0x70})
  void refusesReservedBits(int bits) {
    assertRefused(1002, frame(0x80 | bits | TEXT, 0, 0, NOTHING));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
  void refusesOpcodesThatDoNotExist(int opcode) {
    assertRefused(1002, frame(0x80 | opcode, 0, 0, NOTHING));
  }

  @Test
  void refusesFramesWithoutAMask() {
    assertRefused(1002, new byte[] {(byte) 0x81, 0});
  }

  @ParameterizedTest
  @ValueSource(ints = {CLOSE, PING, PONG})
  void refusesControlFramesThatAreFragmentedOrTooLong(int opcode) throws WebSocketException {
    assertRefused(1002, frame(false, opcode, NOTHING));
    assertRefused(1002, frame(true, opcode, new byte[126]));
    byte[] longest = new byte[125];
    longest[0] = 3;
    longest[1] = (byte) 0xE8;
    decode(frame(true, opcode, longest));
    assertThat(heard).hasSize(1);
  }

  @Test
  void refusesAContinuationOfNothing() {
    assertRefused(1002, frame(true, CONTINUATION, NOTHING));
    assertRefused(1002, frame(false, CONTINUATION, NOTHING));
  }

  @Test
  void refusesAContinuationAfterTheLastFragment() {
    assertRefused(
        1002,
        join(
            frame(false, TEXT, NOTHING),
            frame(true, CONTINUATION, NOTHING),
            frame(true, CONTINUATION, NOTHING)));
  }

  @ParameterizedTest
  @ValueSource(ints = {TEXT, BINARY})
  void refusesAMessageInsideAnother(int opcode) {
    assertRefused(1002, join(frame(false, TEXT, NOTHING), frame(true, opcode, NOTHING)));
  }

  @Test
  void putsFragmentsTogetherAndLetsControlFramesPassBetweenThem() throws WebSocketException {
    decode(
        join(
            frame(false, TEXT, "one".getBytes(UTF_8)),
            frame(true, PING, "!".getBytes(UTF_8)),
            frame(false, CONTINUATION, NOTHING),
            frame(true, PONG, NOTHING),
            frame(true, CONTINUATION, " two".getBytes(UTF_8)),
            frame(false, BINARY, "three".getBytes(UTF_8)),
            frame(true, CONTINUATION, NOTHING),
            text("four")));
    assertThat(heard)
        .containsExactly("ping !", "pong", "text one two", "binary three", "text four");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {1000, 1001, 1002, 1003, 1007, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
  void acceptsCloseCodesThatMayBeSent(int code) throws WebSocketException {
    decode(close(code, ""));
    assertThat(heard).containsExactly("close " + HexFormat.of().toHexDigits((short) code));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
  void refusesCloseCodesThatMayNotBeSent(int code) {
    assertRefused(1002, close(code, ""));
  }

  @Test
  void refusesHalfACloseCodeAndAReasonThatIsNotUtf8() throws WebSocketException {
    assertRefused(1002, frame(true, CLOSE, new byte[] {3}));
    assertRefused(1007, frame(true, CLOSE, new byte[] {3, (byte) 0xE8, (byte) 0xC3}));
    decode(frame(true, CLOSE, NOTHING));
    assertThat(heard).containsExactly("close ");
  }

  @Test
  void limitsFramesExactly() throws WebSocketException {
    decoder = decoder(200, 1000);
    decode(text("x".repeat(200)));
    assertThat(heard).hasSize(1);
    assertRefused(1009, frame(0x80 | TEXT, 2, 201, NOTHING));
    assertRefused(1009, frame(0x80 | TEXT, 8, Long.MAX_VALUE, NOTHING));
  }

  @Test
  void limitsMessagesExactlyHoweverTheyAreFragmented() throws WebSocketException {
    decoder = decoder(200, 300);
    decode(join(frame(false, TEXT, new byte[200]), frame(true, CONTINUATION, new byte[100])));
    assertThat(heard).hasSize(1);
    decode(frame(false, TEXT, new byte[200]));
    decode(frame(true, PING, new byte[125]));
    assertRefused(1009, frame(0x80, 0, 101, NOTHING));
  }

  @Test
  void readsTheSameMessagesWhereverTheyAreCut() throws WebSocketException {
    byte[] stream =
        join(
            text("a"),
            frame(false, TEXT, "x".repeat(130).getBytes(UTF_8)),
            frame(true, PING, "p".getBytes(UTF_8)),
            frame(true, CONTINUATION, "y".getBytes(UTF_8)),
            frame(true, BINARY, "z".repeat(300).getBytes(UTF_8)),
            close(4000, "r"));
    decode(stream);
    List<String> whole = List.copyOf(heard);
    for (int cut = 0; cut <= stream.length; cut++) {
      heard.clear();
      decoder = decoder(MAX, MAX);
      decodeInChunks(stream, cut, stream.length);
      assertThat(heard).as("cut at %d", cut).isEqualTo(whole);
    }
  }

  @Test
  void readsRandomFramesInRandomChunks() {
    String given = System.getProperty("seed", "");
    long seed = given.isEmpty() ? new SplittableRandom().nextLong() : Long.parseLong(given);
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 300; run++) {
      heard.clear();
      decoder = decoder(MAX, 10 * MAX);
      List<String> expected = new ArrayList<>();
      byte[] stream = randomStream(random, expected);
      int[] cuts = random.ints(random.nextInt(10), 0, stream.length + 1).sorted().toArray();
      try {
        decodeInChunks(stream, cuts);
      } catch (WebSocketException e) {
        throw new AssertionError("seed " + seed, e);
      }
      assertThat(heard).as("run again with -Dseed=%d", seed).isEqualTo(expected);
    }
  }

  /** RFC 6455 section 8.1: the end of the message may never arrive. */
  @Test
  void refusesAFragmentThatCanBeNoTextAtOnce() throws WebSocketException {
    byte[] euro = "€".getBytes(UTF_8);
    decode(frame(false, TEXT, "a".getBytes(UTF_8)));
    decode(frame(false, CONTINUATION, new byte[] {euro[0]}));
    decode(frame(true, PING, NOTHING));
    decode(frame(false, CONTINUATION, new byte[] {euro[1]}));
    assertRefused(1007, frame(false, CONTINUATION, new byte[] {'a'}));
  }

  @Test
  void readsBinaryFragmentsAndTheTextsBehindThemAsTheyAre() throws WebSocketException {
    decode(frame(false, BINARY, new byte[] {(byte) 0xFF}));
    decode(frame(true, CONTINUATION, new byte[] {(byte) 0xFF}));
    decode(frame(false, TEXT, new byte[] {'a'}));
    decode(frame(true, CONTINUATION, new byte[] {'b'}));
    assertThat(heard).hasSize(2);
  }

  private static byte[] randomStream(SplittableRandom random, List<String> expected) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int n = random.nextInt(10); n >= 0; n--) {
      int kind = random.nextBoolean() ? TEXT : BINARY;
      StringBuilder message = new StringBuilder();
      int fragments = 1 + random.nextInt(4);
      for (int f = 0; f < fragments; f++) {
        String part = "m".repeat(random.nextInt(random.nextInt(20) == 0 ? MAX : 300));
        message.append(part);
        stream.writeBytes(
            frame(f == fragments - 1, f == 0 ? kind : CONTINUATION, part.getBytes(UTF_8)));
        if (f < fragments - 1 && random.nextBoolean()) {
          stream.writeBytes(frame(true, PING, new byte[] {'0'}));
          expected.add("ping 0");
        }
      }
      expected.add((kind == TEXT ? "text " : "binary ") + message);
    }
    return stream.toByteArray();
  }

  private void decode(byte[] stream) throws WebSocketException {
    decodeInChunks(stream, stream.length);
  }

  private void decodeInChunks(byte[] stream, int... cuts) throws WebSocketException {
    ByteBuf in = Unpooled.buffer();
    int from = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int to = i < cuts.length ? cuts[i] : stream.length;
      in.writeBytes(stream, from, to - from);
      from = to;
      int before = in.readerIndex();
      while (decoder.decode(in)) {
        before = in.readerIndex();
      }
      assertThat(in.readerIndex()).as("half a frame is not consumed").isEqualTo(before);
    }
    assertThat(in.isReadable()).isFalse();
  }

  /** A violation ends a connection, so the next attempt needs another connection. */
  private void assertRefused(int code, byte[] stream) {
    assertThatExceptionOfType(WebSocketException.class)
        .isThrownBy(() -> decode(stream))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    assertThat(heard).noneMatch(message -> message.startsWith("close"));
    heard.clear();
    decoder = decoder(200, 300);
  }
}
