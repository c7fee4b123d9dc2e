package io.carillon.conformance.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * The codec of WebSocket frames (RFC 6455 section 5.2) for all clients here that have no library.
 * It writes a client's frames, byte by byte, the forbidden ones too. It reads a server's frames,
 * which must not be masked or extended; a node of ours does not fragment either.
 */
public final class Frames {

  public static final int FIN = 0x80;
  public static final int CONTINUATION = 0x0;
  public static final int TEXT = 0x1;
  public static final int BINARY = 0x2;
  public static final int CLOSE = 0x8;
  public static final int PING = 0x9;
  public static final int PONG = 0xA;

  private static final byte LENGTH_16 = 126;
  private static final byte LENGTH_64 = 127;
  private static final int MASKED = 0x80;

  /** More is no frame of a node, but a mistake in a length. */
  private static final int MOST_BYTES = 1 << 20;

  private static final byte[] MASK = {0x37, (byte) 0xFA, 0x21, 0x3D};

  private Frames() {}

  /** A whole message as a frame, masked as a client's must be. */
  public static byte[] text(String text) {
    return masked(FIN | TEXT, text.getBytes(UTF_8));
  }

  /** A frame with its first byte as it is given, masked. */
  public static byte[] masked(int firstByte, byte[] payload) {
    byte[] scrambled = payload.clone();
    for (int i = 0; i < scrambled.length; i++) {
      scrambled[i] ^= MASK[i % MASK.length];
    }
    return concat(header(firstByte, MASKED, payload.length), MASK, scrambled);
  }

  /** A frame with its first byte as it is given, as only servers may send it. */
  public static byte[] unmasked(int firstByte, byte[] payload) {
    return concat(header(firstByte, 0, payload.length), payload);
  }

  /** A frame's beginning, in the shortest form. */
  public static byte[] header(int firstByte, int maskBit, long length) {
    ByteBuffer header = ByteBuffer.allocate(10).put((byte) firstByte);
    if (length < LENGTH_16) {
      header.put((byte) (maskBit | (int) length));
    } else if (length <= 0xFFFF) {
      header.put((byte) (maskBit | LENGTH_16)).putShort((short) length);
    } else {
      header.put((byte) (maskBit | LENGTH_64)).putLong(length);
    }
    byte[] bytes = new byte[header.flip().remaining()];
    header.get(bytes);
    return bytes;
  }

  /** The parts one behind the other. */
  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /**
   * Takes every whole frame out of what has been received; the beginning of another one stays in
   * the buffer. A frame's payload is part of the buffer.
   */
  public static void decode(ByteBuffer in, Consumer<Frame> listener) {
    while (true) {
      int start = in.position();
      int begin = in.remaining() < 2 ? 0 : 2 + extraBytes(in.get(start + 1));
      if (begin == 0 || in.remaining() < begin) {
        return;
      }
      int length = length(in, start);
      if (in.remaining() - begin < length) {
        return;
      }
      in.position(start + begin + length);
      listener.accept(frame(in.get(start), in.slice(start + begin, length)));
    }
  }

  /**
   * Reads the next frame.
   *
   * @throws IOException when the connection ends before, or nothing comes for the socket's timeout
   */
  public static Frame read(DataInputStream in) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(2 + Long.BYTES);
    in.readFully(header.array(), 0, 2);
    in.readFully(header.array(), 2, extraBytes(header.get(1)));
    byte[] payload = new byte[length(header, 0)];
    in.readFully(payload);
    return frame(header.get(0), ByteBuffer.wrap(payload));
  }

  private static Frame frame(byte first, ByteBuffer payload) {
    if ((first & 0xF0) != FIN) {
      throw new AssertionError("not a whole, plain frame: " + Integer.toHexString(first & 0xFF));
    }
    return new Frame(first & 0xF, payload);
  }

  /** The payload's length, from a header that is there as a whole. */
  private static int length(ByteBuffer in, int start) {
    byte second = in.get(start + 1);
    long length =
        switch (second) {
          case LENGTH_16 -> Short.toUnsignedInt(in.getShort(start + 2));
          case LENGTH_64 -> in.getLong(start + 2);
          default -> second;
        };
    if (length < 0 || length > MOST_BYTES) {
      throw new AssertionError(
          "a frame of " + length + " bytes (expected: 0 to " + MOST_BYTES + ")");
    }
    return Math.toIntExact(length);
  }

  private static int extraBytes(byte second) {
    if (second < 0) {
      throw new AssertionError("a server's frame is masked");
    }
    return switch (second) {
      case LENGTH_16 -> Short.BYTES;
      case LENGTH_64 -> Long.BYTES;
      default -> 0;
    };
  }
}
