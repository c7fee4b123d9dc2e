package io.carillon.server.transport;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Strict UTF-8. */
final class Utf8 {

  private Utf8() {}

  /**
   * Decodes, or returns null if the bytes are not UTF-8.
   *
   * <p>The lenient decoder is the JDK's fastest; it replaces malformed bytes by U+FFFD, so that
   * only a text with that character needs a second check.
   */
  static @Nullable String decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean suspicious = text.indexOf('\uFFFD') >= 0;
    return suspicious && !Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8)) ? null : text;
  }
}
