package io.carillon.server.cli;

import io.carillon.dialect.CommandOption;
import io.carillon.dialect.OptionValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options that dialects bring to a command.
 *
 * @param command the parsed command line
 * @param environment the variables that may have secrets
 */
record DialectOptions(CommandLine command, Map<String, String> environment)
    implements OptionValues {

  /** Behind the options of every dialect's command, before those of this command alone. */
  private static final int ORDER = -2;

  /** Adds the options of all dialects to a command. */
  static void addTo(CommandSpec spec, List<CommandOption> options) {
    for (CommandOption option : options) {
      spec.addOption(withType(option).build());
      option
          .secret()
          .ifPresent(
              secret ->
                  spec.addOption(
                      builder(option.fileName(), "FILE", secret.fileDescription())
                          .type(Path.class)
                          .build()));
    }
  }

  private static OptionSpec.Builder withType(CommandOption option) {
    OptionSpec.Builder spec = builder(option.name(), option.label(), option.description());
    return switch (option.count()) {
      case ONCE -> spec.type(String.class);
      case OFTEN -> spec.type(List.class).auxiliaryTypes(String.class);
    };
  }

  private static OptionSpec.Builder builder(String name, String label, String description) {
    return OptionSpec.builder(name).paramLabel(label).description(description).order(ORDER);
  }

  private ParseResult parsed() {
    return command.getParseResult();
  }

  @Override
  public boolean isGiven(CommandOption option) {
    return option.secret().isPresent()
        ? parsed().hasMatchedOption(option.name()) || parsed().hasMatchedOption(option.fileName())
        : !text(option).isEmpty();
  }

  @Override
  public String text(CommandOption option) {
    return parsed().matchedOptionValue(option.name(), "");
  }

  @Override
  public List<String> texts(CommandOption option) {
    return parsed().matchedOptionValue(option.name(), List.of());
  }

  @Override
  public String secret(CommandOption option) throws IOException {
    String given = parsed().matchedOptionValue(option.name(), null);
    Path file = parsed().matchedOptionValue(option.fileName(), null);
    String variable = option.secret().orElseThrow().variable();
    return SecretOption.read(command, option.name(), given, file, variable, environment);
  }
}
