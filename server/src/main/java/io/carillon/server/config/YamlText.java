package io.carillon.server.config;

import java.util.regex.Pattern;

/** Writes a text so that {@link YamlFile} reads the same text, with its placeholders. */
final class YamlText {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9./][A-Za-z0-9_./-]*");

  /** Plain, this is no text but no value at all. */
  private static final Pattern NULL = Pattern.compile("(?i)null");

  private YamlText() {}

  static String of(String text) {
    if (PLAIN.matcher(text).matches() && !NULL.matcher(text).matches()) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.replace("${", "$${").codePoints().forEach(sign -> append(quoted, sign));
    return quoted.append('"').toString();
  }

  /** Line ends and what can't be seen would be lost, or end the line. */
  private static void append(StringBuilder quoted, int sign) {
    if (sign == '"' || sign == '\\') {
      quoted.append('\\').appendCodePoint(sign);
    } else if (isVisible(sign)) {
      quoted.appendCodePoint(sign);
    } else {
      quoted.append(sign > 0xFFFF ? "\\U%08x".formatted(sign) : "\\u%04x".formatted(sign));
    }
  }

  private static boolean isVisible(int sign) {
    return switch (Character.getType(sign)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }
}
