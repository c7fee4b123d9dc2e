package io.carillon.protocol.pusher;

/**
 * The escapes of JSON as it stands in a message (RFC 8259, section 7). JSON that is passed on keeps
 * its spelling, but for escapes of lone surrogates: some parsers refuse these (RFC 8259, section
 * 8.2), so one client could send what another can't read.
 */
final class JsonEscapes {

  private static final String REPLACEMENT = "\\ufffd";

  /** The length of such an escape. */
  private static final int LENGTH = 6;

  private static final int NONE = -1;

  private JsonEscapes() {}

  /**
   * Valid JSON with the escape of U+FFFD for each escape of a lone surrogate.
   *
   * @param json has lone surrogates in escapes alone
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

  /** How long the escape is that begins here; two escapes that are a pair count as one. */
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

  /** The UTF-16 code unit that is escaped here; {@link #NONE} where none is. */
  private static int unitAt(String json, int start) {
    return json.startsWith("\\u", start)
        ? Integer.parseInt(json, start + 2, start + LENGTH, 16)
        : NONE;
  }
}
