package io.carillon.protocol.topics;

/** Text as JavaScript sees it, because a JavaScript program defined the protocol. */
final class JavaScriptText {

  private JavaScriptText() {}

  /** {@code String.prototype.trim}: white space and line terminators of ECMA-262. */
  static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return switch (c) {
      case '\t', '\n', 0x0B, '\f', '\r', ' ', 0xA0, 0xFEFF, 0x2028, 0x2029 -> true;
      default -> c > 0x7F && Character.getType(c) == Character.SPACE_SEPARATOR;
    };
  }
}
