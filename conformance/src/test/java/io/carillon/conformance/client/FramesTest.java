package io.carillon.conformance.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A codec that read frames wrongly would find faults in nodes, or hide them. */
class FramesTest {

  private static byte[] serverText(int length) {
    return Frames.unmasked(Frames.FIN | Frames.TEXT, "x".repeat(length).getBytes(UTF_8));
  }

  private static Frame read(byte[] bytes) throws IOException {
    return Frames.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  private static List<Frame> decode(ByteBuffer in) {
    List<Frame> frames = new ArrayList<>();
    Frames.decode(in, frames::add);
    return frames;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 0xFFFF, 0x10000, 1 << 20})
  void readsFramesOfEveryKindOfLength(int length) throws IOException {
    byte[] bytes = serverText(length);

    assertThat(read(bytes).opcode()).isEqualTo(Frames.TEXT);
    assertThat(read(bytes).text()).isEqualTo("x".repeat(length));
    assertThat(decode(ByteBuffer.wrap(bytes)))
        .singleElement()
        .satisfies(frame -> assertThat(frame.bytes()).isEqualTo(read(bytes).bytes()));
  }

  @Test
  void takesWholeFramesOutOfABufferAndLeavesTheBeginningOfAnother() {
    byte[] both = Frames.concat(serverText(3), serverText(200));
    for (int there = 0; there < both.length; there++) {
      ByteBuffer in = ByteBuffer.wrap(both, 0, there);

      List<Frame> frames = decode(in);

      assertThat(frames).hasSize(there < 5 ? 0 : 1).allMatch(frame -> frame.text().equals("xxx"));
      assertThat(in.remaining()).isEqualTo(there < 5 ? there : there - 5);
    }
    assertThat(decode(ByteBuffer.wrap(both))).hasSize(2);
  }

  @Test
  void readsFramesBehindWhatABufferBeginsWith() {
    ByteBuffer in = ByteBuffer.wrap(Frames.concat(new byte[7], serverText(2)));
    in.position(7);

    assertThat(decode(in)).extracting(Frame::text).containsExactly("xx");
  }

  @Test
  void refusesWhatNoServerMaySend() {
    for (byte[] wrong :
        List.of(
            Frames.text("masked"),
            Frames.unmasked(Frames.TEXT, new byte[1]),
            Frames.unmasked(Frames.FIN | 0x40 | Frames.TEXT, new byte[1]),
            Frames.header(Frames.FIN | Frames.TEXT, 0, (1 << 20) + 1),
            new byte[] {(byte) 0x81, 127, -1, -1, -1, -1, -1, -1, -1, -1})) {
      assertThatThrownBy(() -> read(wrong)).isInstanceOf(AssertionError.class);
      assertThatThrownBy(() -> decode(ByteBuffer.wrap(wrong))).isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void aConnectionThatEndsInsideAFrameIsAnEnd() {
    assertThatThrownBy(() -> read(new byte[] {(byte) 0x81, 5, 'h'}))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void aCloseFrameHasItsCodeOrNone() throws IOException {
    byte[] code = {0x03, (byte) 0xF4};

    assertThat(read(Frames.unmasked(Frames.FIN | Frames.CLOSE, code)).closeCode()).isEqualTo(1012);
    assertThat(read(Frames.unmasked(Frames.FIN | Frames.CLOSE, new byte[0])).closeCode())
        .isEqualTo(Frame.NO_CODE);
  }
}
