package io.carillon.conformance.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A client's frames (RFC 6455 section 5.2), byte by byte, the forbidden ones too. */
public final class Frames {

  public static final int FIN = 0x80;
  public static final int CONTINUATION = 0x0;
  public static final int TEXT = 0x1;
  public static final int BINARY = 0x2;
  public static final int CLOSE = 0x8;
  public static final int PING = 0x9;
  public static final int PONG = 0xA;

  private static final byte[] MASK = {0x37, (byte) 0xFA, 0x21, 0x3D};

  private Frames() {}

  public static byte[] text(String text) {
    return masked(FIN | TEXT, text.getBytes(UTF_8));
  }

  public static byte[] masked(int firstByte, byte[] payload) {
    byte[] scrambled = payload.clone();
    for (int i = 0; i < scrambled.length; i++) {
      scrambled[i] ^= MASK[i % MASK.length];
    }
    return concat(header(firstByte, 0x80, payload.length), MASK, scrambled);
  }

  public static byte[] unmasked(int firstByte, byte[] payload) {
    return concat(header(firstByte, 0, payload.length), payload);
  }

  /** A frame's beginning, in the shortest form. */
  public static byte[] header(int firstByte, int maskBit, long length) {
    ByteBuffer header = ByteBuffer.allocate(10).put((byte) firstByte);
    if (length < 126) {
      header.put((byte) (maskBit | (int) length));
    } else if (length <= 0xFFFF) {
      header.put((byte) (maskBit | 126)).putShort((short) length);
    } else {
      header.put((byte) (maskBit | 127)).putLong(length);
    }
    byte[] bytes = new byte[header.flip().remaining()];
    header.get(bytes);
    return bytes;
  }

  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
