package io.carillon.server.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads a text in pieces, and reports at once if it can no longer become UTF-8 (RFC 3629 section
 * 4). One per fragmented message; runs on the connection's loop.
 */
final class Utf8Progress {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final long NOT_ASCII = 0x8080808080808080L;

  private static final int LEAST = 0x80;
  private static final int MOST = 0xBF;

  /** How many bytes of the current character are still missing. */
  private int missing;

  /** The lower end of the range of its next byte. */
  private int least = LEAST;

  private int most = MOST;

  /** Reads more bytes; false if the text is wrong. */
  boolean accepts(byte[] bytes) {
    int i = 0;
    while (i < bytes.length) {
      if (missing == 0) {
        i = behindAscii(bytes, i);
        if (i == bytes.length) {
          return true;
        }
      }
      int value = bytes[i++] & 0xFF;
      if (missing == 0 ? !begins(value) : !goesOn(value)) {
        return false;
      }
    }
    return true;
  }

  private static int behindAscii(byte[] bytes, int from) {
    int i = from;
    while (i + Long.BYTES <= bytes.length && ((long) LONGS.get(bytes, i) & NOT_ASCII) == 0) {
      i += Long.BYTES;
    }
    while (i < bytes.length && bytes[i] >= 0) {
      i++;
    }
    return i;
  }

  /** No overlong forms, no surrogates, nothing beyond U+10FFFF. */
  private boolean begins(int value) {
    if (value < 0xC2 || value > 0xF4) {
      return false;
    }
    missing = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
    least = value == 0xE0 ? 0xA0 : value == 0xF0 ? 0x90 : LEAST;
    most = value == 0xED ? 0x9F : value == 0xF4 ? 0x8F : MOST;
    return true;
  }

  private boolean goesOn(int value) {
    boolean isRight = value >= least && value <= most;
    missing--;
    least = LEAST;
    most = MOST;
    return isRight;
  }
}
