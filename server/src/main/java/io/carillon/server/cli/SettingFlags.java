package io.carillon.server.cli;

import io.carillon.config.Setting;
import io.carillon.config.Sources;
import io.carillon.server.config.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Gives a command the flags that {@link Settings} names, so that they are documented and read like
 * every other source. Those that few people need are left out of the help.
 */
final class SettingFlags implements IModelTransformer {

  private static final String CONFIG = FlagSources.CONFIG;
  private static final String SET = FlagSources.SET;

  private static final Set<String> IN_HELP =
      Set.of(
          "--host",
          "--port",
          "--node-id",
          "--broker",
          "--exchange",
          "--wire",
          "--default-topic",
          "--log-level",
          "--log-format");

  /** Gives a command only the flags that say where its configuration is. */
  static final class SourcesOnly implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec command) {
      addSources(command);
      return command;
    }
  }

  /** Gives a command the flags of {@code serve}, and leaves it to that to list them. */
  static final class Unlisted implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec command) {
      addSources(command);
      addSettings(command, Set.of());
      return command;
    }
  }

  @Override
  public CommandSpec transform(CommandSpec command) {
    addSources(command);
    addSettings(command, IN_HELP);
    return command;
  }

  private static void addSettings(CommandSpec command, Set<String> listed) {
    int order = 0;
    for (Setting<?> setting : Settings.ALL) {
      if (setting.flag().isPresent()) {
        String flag = setting.flag().get();
        command.addOption(option(setting, flag, order++).hidden(!listed.contains(flag)).build());
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

  /** Whether this command line says anything of a node's configuration. */
  static boolean saySomething(ParseResult parsed) {
    return parsed.hasMatchedOption(CONFIG)
        || parsed.hasMatchedOption(SET)
        || Settings.ALL.stream()
            .flatMap(setting -> setting.flag().stream())
            .anyMatch(parsed::hasMatchedOption);
  }

  /** What was given on this command line and in this environment. */
  static Sources sources(ParseResult parsed, Map<String, String> environment) {
    Map<String, String> values = new HashMap<>();
    Stream.concat(
            Stream.of(CONFIG), Settings.ALL.stream().flatMap(setting -> setting.flag().stream()))
        .filter(parsed::hasMatchedOption)
        .forEach(flag -> values.put(flag, parsed.matchedOptionValue(flag, "")));
    List<String> pairs = parsed.matchedOptionValue(SET, List.of());
    for (String pair : pairs) {
      if (pair.indexOf('=') < 1) {
        throw new ParameterException(
            parsed.commandSpec().commandLine(), SET + ": \"" + pair + "\" (expected: KEY=VALUE)");
      }
    }
    return FlagSources.of(values, pairs, environment);
  }
}
