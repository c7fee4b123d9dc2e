package io.carillon.server.cli;

import io.carillon.server.config.Setting;
import io.carillon.server.config.Settings;
import io.carillon.server.config.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

  private static final String CONFIG = "--config";
  private static final String SET = "--set";
  private static final String CONFIG_VARIABLE = "CARILLON_CONFIG";

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
            .description("A YAML file (" + CONFIG_VARIABLE + ").")
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
    List<Sources.Flag> flags = new ArrayList<>();
    for (Setting<?> setting : Settings.ALL) {
      setting
          .flag()
          .filter(parsed::hasMatchedOption)
          .ifPresent(
              flag ->
                  flags.add(
                      new Sources.Flag(flag, setting.key(), parsed.matchedOptionValue(flag, ""))));
    }
    for (String pair : parsed.matchedOptionValue(SET, List.<String>of())) {
      int sign = pair.indexOf('=');
      if (sign < 1) {
        throw new ParameterException(
            parsed.commandSpec().commandLine(), SET + ": \"" + pair + "\" (expected: KEY=VALUE)");
      }
      flags.add(new Sources.Flag(SET, pair.substring(0, sign), pair.substring(sign + 1)));
    }
    return new Sources(file(parsed, environment), environment, flags);
  }

  private static @Nullable Path file(ParseResult parsed, Map<String, String> environment) {
    String path = parsed.matchedOptionValue(CONFIG, environment.getOrDefault(CONFIG_VARIABLE, ""));
    return path.isBlank() ? null : Path.of(path);
  }
}
