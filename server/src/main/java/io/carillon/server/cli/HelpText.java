package io.carillon.server.cli;

import java.util.List;
import java.util.Locale;

/** Texts of several dialects as one text of the help. */
final class HelpText {

  private HelpText() {}

  /** The texts that are not empty, one after the other, with a capital at the beginning. */
  static String join(String between, List<String> texts) {
    String joined = String.join(between, texts.stream().filter(text -> !text.isEmpty()).toList());
    return joined.isEmpty()
        ? ""
        : joined.substring(0, 1).toUpperCase(Locale.ROOT) + joined.substring(1);
  }
}
