package io.carillon.benchmark.balancer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** The frames of a client. */
final class Frames {

  private static final int TEXT = 0x81;
  private static final int MASKED = 0x80;

  private Frames() {}

  /** A text of at most 65,535 bytes; a mask of zeros changes nothing. */
  static ByteBuffer text(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(8 + bytes.length).put((byte) TEXT);
    if (bytes.length < 126) {
      frame.put((byte) (MASKED | bytes.length));
    } else {
      frame.put((byte) (MASKED | 126)).putShort((short) bytes.length);
    }
    return frame.putInt(0).put(bytes).flip();
  }
}
