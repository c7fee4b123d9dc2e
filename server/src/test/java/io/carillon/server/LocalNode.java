package io.carillon.server;

import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Sources;
import io.carillon.server.config.NodeConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A node of the tests' process that works alone, with one event loop. */
final class LocalNode {

  private LocalNode() {}

  /**
   * @param settings keys and values, such as {@code port=0}
   */
  static Server of(Map<String, String> environment, String... settings)
      throws InvalidConfigurationException {
    List<Sources.Flag> flags = new ArrayList<>();
    flags.add(new Sources.Flag("--threads", "threads", "1"));
    for (String setting : settings) {
      String[] pair = setting.split("=", 2);
      flags.add(new Sources.Flag("--set", pair[0], pair[1]));
    }
    return new Server(
        NodeConfiguration.load(Parts.standard(), new Sources(null, environment, flags)).server());
  }
}
