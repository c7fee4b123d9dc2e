package io.carillon.conformance.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * A frame that came from a server.
 *
 * @param opcode one of the constants of {@link Frames}
 * @param payload the buffer's rest; it is read without being moved
 */
public record Frame(int opcode, ByteBuffer payload) {
  /** What RFC 6455 section 7.1.5 calls a close frame without a code. */
  public static final int NO_CODE = 1005;

  /** The payload as text; bytes that are no UTF-8 are replaced. */
  public String text() {
    return UTF_8.decode(payload.duplicate()).toString();
  }

  /** The code of a close frame; {@link #NO_CODE} where it has none. */
  public int closeCode() {
    return payload.hasRemaining() ? Short.toUnsignedInt(payload.getShort(0)) : NO_CODE;
  }

  /** The payload's bytes, copied. */
  public byte[] bytes() {
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return bytes;
  }
}
