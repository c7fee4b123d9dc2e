package io.carillon.protocol.pusher;

/**
 * The escapes in the JSON of a message (RFC 8259, section 7). JSON that is passed on keeps its
 * spelling, except for escapes of lone surrogates: some parsers refuse these (RFC 8259, section
 * 8.2), so one client could send JSON that another can't read.
 */
final class JsonEscapes {

  private static final String REPLACEMENT = "\\ufffd";

  /** The length of such an escape. */
  private static final int LENGTH = 6;

  private static final int NONE = -1;

  private JsonEscapes() {}

  /**
   * Replaces each escape of a lone surrogate in valid JSON by the escape of U+FFFD.
   *
   * @param json has lone surrogates only in escapes
   */
  static String wellFormed(String json) {
    StringBuilder out = null;
    int i = json.indexOf('\\');
    while (i >= 0) {
      int length = lengthAt(json, i);
      if (isLoneSurrogate(json, i, length)) {
        out = out == null ? new StringBuilder(json) : out;
        out.replace(i, i + LENGTH, REPLACEMENT);
      }
      i = json.indexOf('\\', i + length);
    }
    return out == null ? json : out.toString();
  }

  /** The length of the escape that begins here; two escapes that form a pair count as one. */
  private static int lengthAt(String json, int start) {
    int first = unitAt(json, start);
    if (first == NONE) {
      return 2;
    }
    int second = unitAt(json, start + LENGTH);
    return second != NONE && Character.isSurrogatePair((char) first, (char) second)
        ? 2 * LENGTH
        : LENGTH;
  }

  private static boolean isLoneSurrogate(String json, int start, int length) {
    return length == LENGTH && Character.isSurrogate((char) unitAt(json, start));
  }

  /** The UTF-16 code unit that is escaped here; {@link #NONE} if there is no escape. */
  private static int unitAt(String json, int start) {
    return json.startsWith("\\u", start)
        ? Integer.parseInt(json, start + 2, start + LENGTH, 16)
        : NONE;
  }
}
