package io.carillon.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTest {

  @ParameterizedTest
  @CsvSource({
    "0,        8200",
    "1,        8201",
    "125,      827d",
    "126,      827e007e",
    "127,      827e007f",
    "65535,    827effff",
    "65536,    827f0000000000010000",
    "16909060, 827f0000000001020304"
  })
  void writesTheLengthInItsShortestForm(int length, String header) {
    byte[] payload = new byte[length];
    Arrays.fill(payload, (byte) 'x');
    Frame frame = Frame.binary(payload);
    byte[] expected = HexFormat.of().parseHex(header);
    assertThat(Arrays.copyOf(frame.bytes(), expected.length)).isEqualTo(expected);
    assertThat(Arrays.copyOfRange(frame.bytes(), expected.length, frame.size())).isEqualTo(payload);
  }

  @Test
  void severalLeaveAsOne() {
    Frame two = Frame.join(List.of(Frame.text("a"), Frame.binary(new byte[] {7})));
    Frame three = Frame.join(List.of(two, Frame.ping()));
    assertThat(hex(three)).isEqualTo("810161" + "820107" + "8900");
    assertThat(three.count()).isEqualTo(3);
    assertThat(three.size()).isEqualTo(8);
  }

  @Test
  void writesTextAsUtf8() {
    assertThat(hex(Frame.text("é🔔"))).isEqualTo("8106c3a9f09f9494");
  }

  @Test
  void writesTextOfSeveralPartsAsOneMessage() {
    assertThat(Frame.text("[t] ".getBytes(UTF_8), "hi".getBytes(UTF_8)).bytes())
        .isEqualTo(Frame.text("[t] hi").bytes());
  }

  @Test
  void writesLoneSurrogatesAsTextThatEveryClientAccepts() {
    String text = new String(Frame.text("a\uD800b").bytes(), 2, 5, UTF_8);
    assertThat(text).isEqualTo("a\uFFFDb");
  }

  @Test
  void writesControlFrames() {
    assertThat(hex(Frame.ping())).isEqualTo("8900");
    assertThat(hex(Frame.pong(new byte[] {1, 2}))).isEqualTo("8a020102");
    assertThat(hex(Frame.closeWithoutCode())).isEqualTo("8800");
    assertThat(hex(Frame.close(1012, "bye"))).isEqualTo("880503f4627965");
  }

  @Test
  void refusesAPongThatIsTooLong() {
    assertThat(Frame.pong(new byte[125]).size()).isEqualTo(127);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Frame.pong(new byte[126]))
        .withMessage("control payload: 126 bytes (expected: at most 125)");
  }

  /** 123 bytes are left for the reason; what doesn't fit goes by whole characters. */
  @ParameterizedTest
  @CsvSource({
    "x,  122, 122",
    "x,  123, 123",
    "x,  124, 123",
    "é,  61,  61",
    "é,  62,  61",
    "鐘, 41,  41",
    "鐘, 42,  41",
    "🔔, 30,  30",
    "🔔, 31,  30"
  })
  void cutsTheReasonOfACloseAtTheEndOfACharacter(String character, int count, int kept) {
    Frame frame = Frame.close(1000, character.repeat(count));
    assertThat(new String(frame.bytes(), 4, frame.size() - 4, UTF_8))
        .isEqualTo(character.repeat(kept));
    assertThat(frame.bytes()[1]).isEqualTo((byte) (frame.size() - 2));
  }

  private static String hex(Frame frame) {
    return HexFormat.of().formatHex(frame.bytes());
  }
}
