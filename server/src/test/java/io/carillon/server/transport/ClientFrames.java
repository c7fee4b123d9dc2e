package io.carillon.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;

/** Writes frames as a client does (RFC 6455 section 5.2). */
final class ClientFrames {

  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final byte[] MASK = {0x37, (byte) 0xFA, 0x21, 0x3D};

  private ClientFrames() {}

  static byte[] text(String text) {
    return frame(true, TEXT, text.getBytes(UTF_8));
  }

  static byte[] close(int code, String reason) {
    byte[] text = reason.getBytes(UTF_8);
    byte[] payload = new byte[2 + text.length];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, text.length);
    return frame(true, CLOSE, payload);
  }

  /** A frame with its length in the shortest form. */
  static byte[] frame(boolean last, int opcode, byte[] payload) {
    int lengthBytes = payload.length < 126 ? 0 : payload.length < 65536 ? 2 : 8;
    return frame((last ? 0x80 : 0) | opcode, lengthBytes, payload.length, payload);
  }

  /** A frame with this length, in this number of extra bytes. */
  static byte[] frame(int first, int lengthBytes, long length, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    out.write(0x80 | (lengthBytes == 0 ? (int) length : lengthBytes == 2 ? 126 : 127));
    for (int i = lengthBytes - 1; i >= 0; i--) {
      out.write((int) (length >>> (8 * i)));
    }
    out.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ MASK[i % 4]);
    }
    return out.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** A buffer as a socket passes it on. */
  static ByteBuf buffer(byte[]... parts) {
    return Unpooled.directBuffer().writeBytes(join(parts));
  }
}
