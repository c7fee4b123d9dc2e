package io.carillon.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8ProgressTest {

  private static final String EVERY_LENGTH =
      "a\u007f\u0080é\u07ff\u0800€\ud7ff\ue000\uffff😀\udbff\udfff";

  @Test
  void acceptsRightTextHoweverItIsCut() {
    byte[] text = (EVERY_LENGTH + "x".repeat(20) + EVERY_LENGTH).getBytes(UTF_8);
    for (int first = 0; first <= text.length; first++) {
      for (int second = first; second <= text.length; second++) {
        Utf8Progress progress = new Utf8Progress();
        assertThat(progress.accepts(Arrays.copyOfRange(text, 0, first))).isTrue();
        assertThat(progress.accepts(Arrays.copyOfRange(text, first, second))).isTrue();
        assertThat(progress.accepts(Arrays.copyOfRange(text, second, text.length))).isTrue();
      }
    }
  }

  /** Autobahn's cases 6: the last byte of each text is the first that can't be valid. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "bf",
        "c0",
        "c1",
        "f5",
        "ff",
        "c241",
        "e09f",
        "e080",
        "eda0",
        "e28241",
        "f08f",
        "f490",
        "f0908041",
        "cebae1bdb9cf83cebcceb5eda0",
        "6161616161616161c3c3"
      })
  void refusesAtTheFirstByteThatIsWrong(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThat(new Utf8Progress().accepts(bytes)).isFalse();
    Utf8Progress byOne = new Utf8Progress();
    for (int i = 0; i < bytes.length; i++) {
      assertThat(byOne.accepts(new byte[] {bytes[i]}))
          .as("byte %d", i)
          .isEqualTo(i < bytes.length - 1);
    }
  }

  /**
   * It accepts exactly the texts that the decoder of whole messages accepts, and their beginnings.
   */
  @Test
  void agreesWithTheDecoder() {
    String given = System.getProperty("seed", "");
    long seed = given.isEmpty() ? new SplittableRandom().nextLong() : Long.parseLong(given);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(1, 12)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (random.nextBoolean() ? random.nextInt(128, 192) : random.nextInt(256));
      }
      assertThat(new Utf8Progress().accepts(bytes))
          .as(() -> HexFormat.of().formatHex(bytes) + ", run again with -Dseed=" + seed)
          .isEqualTo(Utf8.decode(bytes) != null || isBeginning(bytes));
    }
  }

  /** Whether a valid text begins with these bytes: up to three more bytes complete it. */
  private static boolean isBeginning(byte[] bytes) {
    byte[][] endings = {
      {(byte) 0x80},
      {(byte) 0xA0},
      {(byte) 0x80, (byte) 0x80},
      {(byte) 0xA0, (byte) 0x80},
      {(byte) 0x90, (byte) 0x80, (byte) 0x80},
      {(byte) 0x80, (byte) 0x80, (byte) 0x80}
    };
    return Arrays.stream(endings)
        .anyMatch(
            ending -> {
              byte[] whole = Arrays.copyOf(bytes, bytes.length + ending.length);
              System.arraycopy(ending, 0, whole, bytes.length, ending.length);
              return Utf8.decode(whole) != null;
            });
  }
}
