package io.carillon.conformance.deploy;

import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The chart, and the programs that check what it renders. */
final class HelmChart {

  /** The oldest Kubernetes that the chart accepts, and the newest whose schemas are there. */
  static final List<String> VERSIONS = List.of("1.27.0", "1.37.0");

  private static final Path CHECKS = Project.root().resolve("conformance/kubernetes");
  private static final Path CHART = Project.root().resolve("packaging/helm/carillon");

  private HelmChart() {}

  private static String program(String name) {
    return CHECKS.resolve(".venv/bin").resolve(name).toString();
  }

  private static CommandResult helm(String command, List<String> settings, String... options) {
    List<String> words = new ArrayList<>(List.of(program("helm"), command));
    words.addAll(List.of(options));
    settings.forEach(setting -> words.addAll(List.of("--set", setting)));
    return CommandResult.run(words.toArray(String[]::new));
  }

  /** Renders the chart with these values, such as {@code replicas=3}. */
  static CommandResult render(List<String> settings) {
    return helm("template", settings, "carillon", CHART.toString());
  }

  /** The chart's own check. */
  static CommandResult lint() {
    return helm("lint", List.of(), "--strict", CHART.toString());
  }

  /** Holds files against the schemas of a version of Kubernetes; no unknown field is allowed. */
  static CommandResult validate(String version, List<Path> files) {
    List<String> words =
        new ArrayList<>(List.of(program("kubernetes-validate"), "--strict", "-k", version));
    files.forEach(file -> words.add(file.toString()));
    return CommandResult.run(words.toArray(String[]::new));
  }

  /** Holds the files' resources of the Prometheus operator against its schemas; prints how many. */
  static CommandResult validateMonitors(List<Path> files) {
    List<String> words = new ArrayList<>(List.of("node", CHECKS.resolve("monitors.js").toString()));
    files.forEach(file -> words.add(file.toString()));
    return CommandResult.run(words.toArray(String[]::new));
  }
}
