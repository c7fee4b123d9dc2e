package io.carillon.conformance.client;

import java.nio.ByteBuffer;

/**
 * Takes a server's frames (RFC 6455 section 5.2) out of what has been received. A server masks
 * nothing, and this one neither fragments nor extends.
 */
public final class ServerFrames {

  /** Who hears the frames. */
  public interface Listener {
    /** A frame, whose payload is the buffer's rest, until the call returns. */
    void onFrame(int opcode, ByteBuffer payload);
  }

  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;

  private ServerFrames() {}

  /** Passes every whole frame on; the beginning of another stays in the buffer. */
  public static void decode(ByteBuffer in, Listener listener) {
    while (true) {
      int start = in.position();
      int length = in.remaining() < 2 ? -1 : length(in, start);
      if (length < 0) {
        return;
      }
      int begin = start + 2 + extraBytes(in.get(start + 1));
      if (in.limit() - begin < length) {
        return;
      }
      int first = in.get(start);
      if ((first & 0xF0) != Frames.FIN) {
        throw new AssertionError("not a whole, plain frame: " + Integer.toHexString(first & 0xFF));
      }
      in.position(begin + length);
      listener.onFrame(first & 0xF, in.slice(begin, length));
    }
  }

  /** The payload's length; -1 when the header isn't there yet. */
  private static int length(ByteBuffer in, int start) {
    int length = in.get(start + 1);
    if (length < 0) {
      throw new AssertionError("a server's frame is masked");
    }
    if (in.remaining() < 2 + extraBytes((byte) length)) {
      return -1;
    }
    return switch (length) {
      case LENGTH_16 -> Short.toUnsignedInt(in.getShort(start + 2));
      case LENGTH_64 -> Math.toIntExact(in.getLong(start + 2));
      default -> length;
    };
  }

  private static int extraBytes(byte length) {
    return switch (length) {
      case LENGTH_16 -> Short.BYTES;
      case LENGTH_64 -> Long.BYTES;
      default -> 0;
    };
  }
}
