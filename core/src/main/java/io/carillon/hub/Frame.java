package io.carillon.hub;

import io.carillon.message.UnicodeText;
import java.util.Arrays;
import java.util.List;

/**
 * A WebSocket frame as a server sends it, header included (RFC 6455 section 5.2): final, unmasked,
 * never written to again. Or several such frames, joined one after the other. All connections that
 * get the same frame share its bytes.
 */
public final class Frame {

  private static final int FIN = 0x80;
  private static final int TEXT = 0x1;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;
  private static final int MAX_CONTROL_PAYLOAD = 125;

  private final byte[] bytes;
  private final int count;

  private Frame(byte[] bytes, int count) {
    this.bytes = bytes;
    this.count = count;
  }

  /** Joins these frames, in their order, into one. */
  static Frame join(List<Frame> frames) {
    int size = 0;
    int count = 0;
    for (Frame frame : frames) {
      size = Math.addExact(size, frame.bytes.length);
      count += frame.count;
    }
    byte[] bytes = new byte[size];
    int at = 0;
    for (Frame frame : frames) {
      System.arraycopy(frame.bytes, 0, bytes, at, frame.bytes.length);
      at += frame.bytes.length;
    }
    return new Frame(bytes, count);
  }

  /** A text message. Each lone surrogate becomes U+FFFD. */
  public static Frame text(String text) {
    return text(UnicodeText.utf8(text));
  }

  /** A text message of these bytes, which must be UTF-8. */
  public static Frame text(byte[]... parts) {
    return of(TEXT, parts);
  }

  /** A binary message. */
  public static Frame binary(byte[] payload) {
    return of(BINARY, payload);
  }

  /** An empty ping. */
  public static Frame ping() {
    return of(PING);
  }

  /** The answer to a ping; at most 125 bytes. */
  public static Frame pong(byte[] payload) {
    return control(PONG, payload);
  }

  /** A close frame; a reason that is too long is cut at a character's end. */
  public static Frame close(int code, String reason) {
    byte[] text = UnicodeText.utf8(reason);
    int length = Math.min(text.length, MAX_CONTROL_PAYLOAD - 2);
    while (length < text.length && length > 0 && (text[length] & 0xC0) == 0x80) {
      length--;
    }
    return of(CLOSE, new byte[] {(byte) (code >> 8), (byte) code}, Arrays.copyOf(text, length));
  }

  /** A close frame without a code, the answer to a close frame without a code. */
  public static Frame closeWithoutCode() {
    return of(CLOSE);
  }

  private static Frame control(int opcode, byte[] payload) {
    if (payload.length > MAX_CONTROL_PAYLOAD) {
      throw new IllegalArgumentException(
          "control payload: " + payload.length + " bytes (expected: at most 125)");
    }
    return of(opcode, payload);
  }

  private static Frame of(int opcode, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length = Math.addExact(length, part.length);
    }
    int header = length <= 125 ? 2 : length <= 0xFFFF ? 4 : 10;
    byte[] bytes = new byte[header + length];
    bytes[0] = (byte) (FIN | opcode);
    if (header == 2) {
      bytes[1] = (byte) length;
    } else if (header == 4) {
      bytes[1] = 126;
      bytes[2] = (byte) (length >> 8);
      bytes[3] = (byte) length;
    } else {
      bytes[1] = 127;
      for (int i = 0; i < 4; i++) {
        bytes[6 + i] = (byte) (length >> (24 - 8 * i));
      }
    }
    int at = header;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, bytes, at, part.length);
      at += part.length;
    }
    return new Frame(bytes, 1);
  }

  /** How many frames of the WebSocket protocol this holds. */
  public int count() {
    return count;
  }

  /** Header and payload: the bytes themselves, not a copy, read only. */
  public byte[] bytes() {
    return bytes;
  }

  /** Header and payload, in bytes. */
  public int size() {
    return bytes.length;
  }
}
