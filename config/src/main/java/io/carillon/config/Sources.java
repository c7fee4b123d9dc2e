package io.carillon.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sources of values, in rising precedence.
 *
 * @param file a YAML file; null for none
 * @param environment the process's variables
 * @param flags the flags of the command line
 */
public record Sources(@Nullable Path file, Map<String, String> environment, List<Flag> flags) {

  /**
   * A value from the command line.
   *
   * @param name the flag as it was written, such as {@code --port} or {@code --set}
   * @param key the setting's key
   * @param text its value
   */
  public record Flag(String name, String key, String text) {}

  /** Only the environment. */
  public static Sources environment(Map<String, String> environment) {
    return new Sources(null, environment, List.of());
  }
}
