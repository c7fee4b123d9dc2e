package io.carillon.dialect;

import java.util.List;

/**
 * One dialect's part of the help of {@code carillon publish}. The command joins the texts of all
 * dialects to sentences, so they begin in lower case and have no full stop.
 *
 * @param what what is published and where, such as "a message to a topic"
 * @param options the options by which this dialect is chosen; empty for none
 * @param url what the URL may be, with an example
 * @param words the words behind the URL
 * @param secret which secret is needed, and the variable that has it
 * @param owner whose words they are, such as "a topic"
 * @param instead the beginning of a hint that ends with URL and words, for a user who gives too
 *     many words for another dialect, such as "for a channel --app-id ID and"
 * @param needs what is expected instead of another dialect's options
 */
public record PublishHelp(
    String what,
    String options,
    String url,
    List<Word> words,
    String secret,
    String owner,
    String instead,
    String needs) {

  public PublishHelp {
    words = List.copyOf(words);
  }

  /**
   * A word of the command line.
   *
   * @param label its name in the help, in capitals
   * @param meaning its meaning; empty if the previous dialect's says enough
   */
  public record Word(String label, String meaning) {}
}
