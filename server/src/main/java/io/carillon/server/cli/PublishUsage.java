package io.carillon.server.cli;

import static java.util.stream.Collectors.joining;

import io.carillon.dialect.PublishDialect;
import io.carillon.dialect.PublishHelp;
import io.carillon.dialect.PublishHelp.Word;
import io.carillon.dialect.UsageException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The words and the help of {@code carillon publish}, put together of what its dialects say.
 *
 * @param dialects in the order of the help
 */
record PublishUsage(List<PublishDialect> dialects) {

  private static final String COMMAND = "carillon publish ";

  /** Under the word "Usage". */
  private static final String INDENT = "       ";

  void addTo(CommandSpec spec) {
    spec.usageMessage()
        .description("Publish " + String.join(", or ", texts(PublishHelp::what)) + ".")
        .customSynopsis(synopsis())
        .footer(
            "",
            HelpText.join("; ", texts(PublishHelp::secret)) + ".",
            "Exit code 0: the nodes' broker has the message; 1: it has not, or nobody",
            "knows; 2: usage.");
    spec.addPositional(
        word(0, "URL", HelpText.join(", or ", texts(PublishHelp::url)))
            .type(URI.class)
            .arity("1")
            .required(true)
            .build());
    int least = dialects.stream().mapToInt(PublishUsage::count).min().orElse(0);
    int most = dialects.stream().mapToInt(PublishUsage::count).max().orElse(0);
    for (int i = 0; i < most; i++) {
      boolean required = i < least;
      spec.addPositional(positional(i).arity(required ? "1" : "0..1").required(required).build());
    }
    DialectOptions.addTo(
        spec, dialects.stream().flatMap(dialect -> dialect.options().stream()).toList());
  }

  /** The word of all dialects at one place, named as the first of them names it. */
  private PositionalParamSpec.Builder positional(int place) {
    List<Word> words =
        dialects.stream()
            .filter(dialect -> count(dialect) > place)
            .map(dialect -> dialect.help().words().get(place))
            .toList();
    String meaning = HelpText.join("; ", words.stream().map(Word::meaning).toList()) + ".";
    return word(place + 1, words.getFirst().label(), meaning).type(String.class);
  }

  private static PositionalParamSpec.Builder word(int index, String label, String description) {
    return PositionalParamSpec.builder()
        .index(Integer.toString(index))
        .paramLabel(label)
        .description(description);
  }

  private static int count(PublishDialect dialect) {
    return dialect.help().words().size();
  }

  private List<String> texts(Function<PublishHelp, String> text) {
    return dialects.stream().map(dialect -> text.apply(dialect.help())).toList();
  }

  private String[] synopsis() {
    List<String> lines = new ArrayList<>();
    for (PublishDialect dialect : dialects) {
      PublishHelp help = dialect.help();
      String options = help.options().isEmpty() ? "" : help.options() + " ";
      lines.add(
          (lines.isEmpty() ? "" : INDENT) + COMMAND + options + "[OPTIONS] " + wordsOf(dialect));
    }
    return lines.toArray(String[]::new);
  }

  private static String wordsOf(PublishDialect dialect) {
    return "URL " + dialect.help().words().stream().map(Word::label).collect(joining(" "));
  }

  /**
   * Checks the number of words.
   *
   * @param given how many words stand behind the URL
   */
  void requireWords(PublishDialect dialect, int given) throws UsageException {
    if (given < count(dialect)) {
      throw new UsageException(
          "a word is missing (expected for %s: %s)"
              .formatted(dialect.help().owner(), wordsOf(dialect)));
    }
    if (given > count(dialect)) {
      throw new UsageException(
          "one word too many (expected: %s%s)"
              .formatted(
                  wordsOf(dialect),
                  dialects.stream()
                      .filter(other -> count(other) > count(dialect))
                      .map(other -> "; " + other.help().instead() + " " + wordsOf(other))
                      .collect(joining())));
    }
  }
}
