package io.carillon.server.cli;

import io.carillon.dialect.SubscribeDialect;
import io.carillon.dialect.SubscribeHelp;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The words and the help of {@code carillon subscribe}, put together of what its dialects say.
 *
 * @param dialects in the order of the help
 */
record SubscribeUsage(List<SubscribeDialect> dialects) {

  private static final String TOKEN =
      "The token is read from CARILLON_TOKEN where no option gives it";

  void addTo(CommandSpec spec) {
    spec.usageMessage()
        .description(
            "Print what is published %s, a message a line."
                .formatted(String.join(", or ", texts(SubscribeHelp::where))))
        .footer(
            "",
            "Messages go to standard output, a line break inside one as \\n; what happens",
            "to the connection goes to standard error. What is said during a reconnection is",
            "missed. " + secrets() + ".",
            "Exit code 0: --count messages came; 1: the node refused, or a token expired;",
            "2: usage.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .required(true)
            .paramLabel("URL")
            .description(HelpText.join(", or ", texts(SubscribeHelp::url)))
            .type(URI.class)
            .build());
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("1..*")
            .arity("1..*")
            .required(true)
            .paramLabel("TOPIC")
            .description(HelpText.join(" or ", texts(SubscribeHelp::names)) + ".")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build());
    DialectOptions.addTo(
        spec, dialects.stream().flatMap(dialect -> dialect.options().stream()).toList());
  }

  private String secrets() {
    List<String> secrets = texts(SubscribeHelp::secret);
    return HelpText.join(", ", Stream.concat(Stream.of(TOKEN), secrets.stream()).toList());
  }

  private List<String> texts(Function<SubscribeHelp, String> text) {
    return dialects.stream().map(dialect -> text.apply(dialect.help())).toList();
  }
}
