package io.carillon.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-decoding as browsers do it (WHATWG URL, "percent-decode" and "urlencoded parsing"): text
 * that is not a valid escape stays unchanged, malformed UTF-8 becomes U+FFFD. Never throws.
 */
public final class PercentDecoder {

  private static final char REPLACEMENT = '\uFFFD';

  private PercentDecoder() {}

  /** Decodes a path: a plus sign stays a plus sign. */
  public static String decodePath(String text) {
    return text.indexOf('%') < 0 ? text : decode(text);
  }

  /** Decodes a form value: a plus sign is a space. */
  public static String decodeForm(String text) {
    String spaced = text.replace('+', ' ');
    return spaced.indexOf('%') < 0 ? spaced : decode(spaced);
  }

  /**
   * Whether all escapes of a path or a form stand for UTF-8. If they don't, different texts decode
   * to the same text, so signed texts and names with such escapes are refused.
   */
  public static boolean isUtf8(String text) {
    // Decoding is cheap, and the result has no U+FFFD for almost any text.
    if (decodePath(text).indexOf(REPLACEMENT) < 0) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytesOf(text)));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }

  private static String decode(String text) {
    return new String(bytesOf(text), StandardCharsets.UTF_8);
  }

  private static byte[] bytesOf(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      int value = in[i] == '%' && i + 2 < in.length ? hex(in[i + 1], in[i + 2]) : -1;
      if (value >= 0) {
        out.write(value);
        i += 2;
      } else {
        out.write(in[i]);
      }
    }
    return out.toByteArray();
  }

  private static int hex(byte high, byte low) {
    int h = Character.digit(high, 16);
    int l = Character.digit(low, 16);
    return h < 0 || l < 0 ? -1 : h * 16 + l;
  }
}
