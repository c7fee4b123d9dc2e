package io.carillon.message;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Distinguishes text that UTF-8 can represent from text that it can't. A Java string may hold half
 * of a surrogate pair (The Unicode Standard, section 3.9, D71), for instance from an escape in
 * JSON. Java's own encoder writes a question mark for such a half, so different strings would have
 * the same bytes, the same signature and the same hash.
 *
 * <p>The rule: a name, and a text that is signed, is refused unless it is well-formed; in a payload
 * each half becomes U+FFFD.
 */
public final class UnicodeText {

  private static final int REPLACEMENT = 0xFFFD;

  private UnicodeText() {}

  /** Whether each surrogate of a text belongs to a pair. */
  public static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!isPair(text, i)) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static boolean isPair(String text, int start) {
    return start + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(start), text.charAt(start + 1));
  }

  /**
   * The text with U+FFFD for each lone surrogate, as JavaScript's {@code toWellFormed} makes it.
   */
  public static String wellFormed(String text) {
    if (isWellFormed(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /** The text in UTF-8, with U+FFFD for each lone surrogate. */
  public static byte[] utf8(String text) {
    return wellFormed(text).getBytes(UTF_8);
  }
}
