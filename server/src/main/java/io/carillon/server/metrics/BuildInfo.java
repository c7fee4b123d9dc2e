package io.carillon.server.metrics;

import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/** The one metric that is no figure: which build runs here, on which Java. */
final class BuildInfo {

  static final String NAME = "build";
  static final String HELP = "The version of the program and of Java; always 1.";
  static final String LABELS = "`version`, `java`";

  private BuildInfo() {}

  /**
   * @param prefix the beginning of its name
   * @param node the node's label
   */
  static InfoSnapshot snapshot(String prefix, Labels node) {
    String version = BuildInfo.class.getPackage().getImplementationVersion();
    Labels labels =
        node.add("version", version == null ? "" : version)
            .add("java", System.getProperty("java.vm.version", ""));
    return InfoSnapshot.builder()
        .name(prefix + NAME)
        .help(HELP)
        .dataPoint(InfoDataPointSnapshot.builder().labels(labels).build())
        .build();
  }
}
