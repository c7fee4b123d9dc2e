package io.carillon.config;

import java.util.regex.Pattern;

/** Writes a text so that {@link YamlFile} reads the same text, with its placeholders. */
final class YamlText {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9./][A-Za-z0-9_./-]*");

  /** YAML reads an unquoted null as no value. */
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

  /** Escapes line ends and invisible characters, which a reader would lose or take as the end. */
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
