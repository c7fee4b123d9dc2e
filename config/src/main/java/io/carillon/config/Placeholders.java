package io.carillon.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts environment variables into the texts of a file. A name in braces after a dollar sign stands
 * for a variable, which must be set. With {@code :-} and a text after the name, that text replaces
 * a variable that is unset or empty. Two dollar signs before the brace stand for one dollar sign
 * and the brace.
 */
final class Placeholders {

  private static final Pattern FORM =
      Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}|\\$\\{");

  private final Map<String, String> environment;

  Placeholders(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The text with every placeholder replaced.
   *
   * @throws IllegalArgumentException if a variable is not set, or a placeholder is malformed
   */
  String fill(String text) {
    Matcher found = FORM.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (found.find()) {
      found.appendReplacement(filled, Matcher.quoteReplacement(replacement(found)));
    }
    return found.appendTail(filled).toString();
  }

  private String replacement(Matcher found) {
    if (found.group().equals("$${")) {
      return "${";
    }
    String name = found.group(1);
    if (name == null) {
      throw new IllegalArgumentException(
          "a ${ without its end (expected: ${NAME}, ${NAME:-default}, or $${ for the signs)");
    }
    String fallback = found.group(2);
    return value(name, fallback);
  }

  private String value(String name, @Nullable String fallback) {
    String value = environment.getOrDefault(name, "");
    if (!value.isEmpty()) {
      return value;
    }
    if (fallback != null) {
      return fallback;
    }
    throw new IllegalArgumentException(
        "${" + name + "} is not set (expected: the variable, or ${" + name + ":-default})");
  }
}
