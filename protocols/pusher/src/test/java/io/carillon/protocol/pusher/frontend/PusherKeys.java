package io.carillon.protocol.pusher.frontend;

import io.carillon.app.App;
import io.carillon.config.Catalogue;
import io.carillon.config.Configuration;
import io.carillon.config.ConfigurationFile;
import io.carillon.config.ConfigurationLoader;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Rule;
import io.carillon.config.Sources;
import io.carillon.part.NodeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads configurations that have nothing but the keys of the Pusher protocol. */
final class PusherKeys {

  private final Path file;
  private final NodeLimits limits;

  /**
   * @param folder receives the file of the configuration
   * @param maxOutboundBytes how many bytes may wait for one client of the node
   */
  PusherKeys(Path folder, int maxOutboundBytes) {
    this.file = folder.resolve("carillon.yaml");
    this.limits = new NodeLimits(256 << 10, maxOutboundBytes);
  }

  /** With the limits that a node has by default. */
  PusherKeys(Path folder) {
    this(folder, 1 << 20);
  }

  Configuration load(String text, Map<String, String> environment)
      throws IOException, InvalidConfigurationException {
    Files.writeString(file, text);
    PusherFrontEndType type = new PusherFrontEndType();
    Rule rule = (values, problems) -> type.check(values, limits, problems);
    return ConfigurationLoader.load(
        new Catalogue(
            type.settings(),
            List.of(rule),
            () -> type.otherServers(_ -> List.of()),
            type.environment(List.of()),
            variable -> false),
        new Sources(file, environment, List.of()));
  }

  List<App> apps(String text, Map<String, String> environment)
      throws IOException, InvalidConfigurationException {
    return PusherSettings.config(load(text, environment)).apps();
  }

  /** The effective values and their sources, as a file. */
  static String effectiveFile(Configuration values) {
    return ConfigurationFile.ofEffective(PusherSettings.ALL, values);
  }
}
