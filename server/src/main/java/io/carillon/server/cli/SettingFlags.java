package io.carillon.server.cli;

import io.carillon.config.Setting;
import io.carillon.config.Sources;
import io.carillon.server.Parts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Gives a command the flags that settings name, so that they are documented and read like every
 * other source. Those that few people need are left out of the help.
 */
final class SettingFlags {

  private static final String CONFIG = FlagSources.CONFIG;
  private static final String SET = FlagSources.SET;

  /** Which flags a command has. */
  enum Offer {
    /** Those of settings, listed in the help as far as many people need them. */
    LISTED,
    /** The same; the help of {@code serve} lists them. */
    UNLISTED,
    /** Only the flags for the sources of the configuration. */
    SOURCES
  }

  private final FlagSources flags;

  SettingFlags(Parts parts) {
    this.flags = new FlagSources(parts);
  }

  /** Adds the flags to a command. */
  void addTo(CommandSpec command, Offer offer) {
    addSources(command);
    if (offer != Offer.SOURCES) {
      addSettings(command, offer);
    }
  }

  private void addSettings(CommandSpec command, Offer offer) {
    int order = 0;
    for (Setting<?> setting : flags.flagged()) {
      String flag = setting.flag().orElseThrow();
      if (!command.optionsMap().containsKey(flag)) {
        boolean listed = offer == Offer.LISTED && setting.isFlagInHelp();
        command.addOption(option(setting, flag, order++).hidden(!listed).build());
      }
    }
  }

  private static void addSources(CommandSpec command) {
    command.addOption(
        OptionSpec.builder(CONFIG)
            .type(String.class)
            .paramLabel("FILE")
            .description("A YAML file (" + FlagSources.CONFIG_VARIABLE + ").")
            .order(-2)
            .build());
    command.addOption(
        OptionSpec.builder(SET)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("KEY=VALUE")
            .description("Any key of the configuration; `carillon config` lists them.")
            .order(-1)
            .build());
  }

  private static OptionSpec.Builder option(Setting<?> setting, String flag, int order) {
    return OptionSpec.builder(flag)
        .type(String.class)
        .paramLabel("VALUE")
        .description(setting.helpLine())
        .order(order);
  }

  /** Whether this command line sets anything of a node's configuration. */
  boolean saySomething(ParseResult parsed) {
    return Stream.concat(flags.names().stream(), Stream.of(SET)).anyMatch(parsed::hasMatchedOption);
  }

  /** The sources of this command line and this environment. */
  Sources sources(ParseResult parsed, Map<String, String> environment) {
    Map<String, String> values = new HashMap<>();
    flags.names().stream()
        .filter(parsed::hasMatchedOption)
        .forEach(flag -> values.put(flag, parsed.matchedOptionValue(flag, "")));
    List<String> pairs = parsed.matchedOptionValue(SET, List.of());
    for (String pair : pairs) {
      if (pair.indexOf('=') < 1) {
        throw new ParameterException(
            parsed.commandSpec().commandLine(), SET + ": \"" + pair + "\" (expected: KEY=VALUE)");
      }
    }
    return flags.of(values, pairs, environment);
  }
}
