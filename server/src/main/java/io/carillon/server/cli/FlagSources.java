package io.carillon.server.cli;

import io.carillon.config.Setting;
import io.carillon.config.Sources;
import io.carillon.server.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The flags of a command line as sources of a configuration, whoever has read them. */
final class FlagSources {

  static final String CONFIG = "--config";
  static final String SET = "--set";
  static final String CONFIG_VARIABLE = "CARILLON_CONFIG";

  private FlagSources() {}

  /**
   * @param values flags that stand once, with their values
   * @param pairs what {@code --set} was given: KEY=VALUE each
   */
  static Sources of(
      Map<String, String> values, List<String> pairs, Map<String, String> environment) {
    List<Sources.Flag> flags = new ArrayList<>();
    for (Setting<?> setting : Settings.ALL) {
      String flag = setting.flag().orElse("");
      String value = values.get(flag);
      if (value != null) {
        flags.add(new Sources.Flag(flag, setting.key(), value));
      }
    }
    for (String pair : pairs) {
      int sign = pair.indexOf('=');
      flags.add(new Sources.Flag(SET, pair.substring(0, sign), pair.substring(sign + 1)));
    }
    return new Sources(file(values, environment), environment, flags);
  }

  private static @Nullable Path file(Map<String, String> values, Map<String, String> environment) {
    String path = values.getOrDefault(CONFIG, environment.getOrDefault(CONFIG_VARIABLE, ""));
    return path.isBlank() ? null : Path.of(path);
  }
}
