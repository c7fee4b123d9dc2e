package io.carillon.conformance.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Helm chart as Helm renders it, held against the schemas of Kubernetes and of a node. */
class HelmChartIT {

  /** What may be on or off; every combination is one more file. */
  private static final List<String> SWITCHES =
      List.of(
          "autoscaling.enabled",
          "ingress.enabled",
          "serviceMonitor.enabled",
          "networkPolicy.enabled",
          "podDisruptionBudget.enabled",
          "apiService.enabled");

  private static final List<String> DRIVERS =
      List.of("rabbitmq", "redis", "redis-cluster", "nats", "kafka");

  private static final Pattern FILE_OF_NODES =
      Pattern.compile("(?m)^  carillon\\.yaml: \\|\n((?: {4}.*\n)+)");

  @TempDir private Path folder = Path.of(".");

  @Test
  void helmFindsNothingWrongWithTheChart() {
    CommandResult lint = HelmChart.lint();

    assertThat(lint.exitCode()).as(lint.output()).isZero();
  }

  @Test
  void everythingOnIsValid() throws IOException {
    requireValid(
        List.of(
            rendered(settings("Deployment", "rabbitmq", -1)),
            rendered(settings("StatefulSet", "nats", -1))));
  }

  @Test
  @Tag("matrix")
  void everyCombinationIsValid() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String workload : List.of("Deployment", "StatefulSet")) {
      for (int switches = 0; switches < 1 << SWITCHES.size(); switches++) {
        String driver = DRIVERS.get(files.size() % DRIVERS.size());
        files.add(rendered(settings(workload, driver, switches)));
      }
    }

    requireValid(files);
  }

  /** The values of a combination: bit by bit of {@code switches}, in their order. */
  private static List<String> settings(String workload, String driver, int switches) {
    List<String> settings = new ArrayList<>();
    settings.add("workload=" + workload);
    settings.add("broker.driver=" + driver);
    settings.add("ingress.host=chat.example.com");
    settings.add("ingress.tlsSecret=certificate");
    settings.add("broker.extraSecrets={keys,more}");
    settings.add("networkPolicy.clients[0].namespaceSelector.matchLabels.name=ingress");
    for (int i = 0; i < SWITCHES.size(); i++) {
      settings.add(SWITCHES.get(i) + "=" + ((switches >> i & 1) == 1));
    }
    return settings;
  }

  private Path rendered(List<String> settings) throws IOException {
    CommandResult rendered = HelmChart.render(settings);
    assertThat(rendered.exitCode()).as(rendered.output()).isZero();
    return Files.writeString(Files.createTempFile(folder, "carillon", ".yaml"), rendered.output());
  }

  private static void requireValid(List<Path> files) throws IOException {
    for (String version : HelmChart.VERSIONS) {
      CommandResult checked = HelmChart.validate(version, files);
      assertThat(checked.exitCode()).as(checked.output()).isZero();
      assertThat(checked.lines())
          .filteredOn(line -> line.contains(" passed for resource "))
          .hasSizeGreaterThanOrEqualTo(5 * files.size());
      assertThat(checked.lines())
          .filteredOn(line -> line.startsWith("WARN"))
          .allSatisfy(line -> assertThat(line).contains("ServiceMonitor"));
    }
    long monitors = 0;
    for (Path file : files) {
      monitors += Files.readString(file).contains("kind: ServiceMonitor") ? 1 : 0;
    }
    CommandResult operator = HelmChart.validateMonitors(files);
    assertThat(operator.exitCode()).as(operator.output()).isZero();
    assertThat(operator.output()).isEqualToIgnoringNewLines(Long.toString(monitors));
  }

  /** Pods are killed later than a node ends by itself. */
  @Test
  void theGraceOfAPodIsLongerThanTheDrain() {
    String rendered = HelmChart.render(List.of("drain.window=60", "drain.deadline=70")).output();

    assertThat(rendered)
        .contains("terminationGracePeriodSeconds: 80")
        .contains("      window: 60s")
        .contains("      deadline: 70s");
  }

  @ParameterizedTest
  @CsvSource({
    "local, X, x",
    "rabbitmq, RABBITMQ_URL, amqp://10.0.0.9/%2F",
    "redis, REDIS_URL, redis://10.0.0.9",
    "redis-cluster, REDIS_CLUSTER_NODES, 10.0.0.9:6379",
    "nats, NATS_SERVERS, nats://10.0.0.9:4222",
    "kafka, KAFKA_BROKERS, 10.0.0.9:9092"
  })
  void aNodeAcceptsItsFile(String driver, String variable, String address) throws IOException {
    CommandResult rendered =
        HelmChart.render(
            List.of("broker.driver=" + driver, "replicas=1", "config.page.enabled=false"));
    Matcher found = FILE_OF_NODES.matcher(rendered.output());
    assertThat(found.find()).as(rendered.output()).isTrue();
    Path file = Files.writeString(folder.resolve("carillon.yaml"), found.group(1).stripIndent());
    assertThat(file).content().contains("driver: " + driver).contains("enabled: false");
    ProcessBuilder check =
        new ProcessBuilder(
            Project.root().resolve("bin/carillon").toString(), "check", file.toString());
    check.environment().put(variable, address);

    CommandResult checked = CommandResult.run(check);

    assertThat(checked.exitCode()).as(checked.output()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "drain.window=30, drain.deadline must be at least drain.announce + drain.window + 3 seconds",
    "broker.driver=local, several nodes without a broker would not hear each other",
    "broker.driver=rabitmq, broker.driver",
    "replica=3, Additional property replica is not allowed",
    "ingress.enabled=true, ingress.host is the name that clients use",
    "workload=DaemonSet, workload"
  })
  void wrongValuesAreRefused(String setting, String reason) {
    CommandResult rendered = HelmChart.render(List.of(setting));

    assertThat(rendered.exitCode()).isNotZero();
    assertThat(rendered.output()).contains(reason);
  }

  @Test
  void theManifestIsTheChartsOutput() throws IOException {
    String manifest =
        Files.readString(Project.root().resolve("packaging/kubernetes/carillon.yaml"));

    assertThat(manifest)
        .as("`make manifests` writes it")
        .endsWith(HelmChart.render(List.of()).output());
  }

  @Test
  void onlyReadinessDependsOnTheBroker() {
    String rendered = HelmChart.render(List.of()).output();

    for (String probe : List.of("startup", "liveness")) {
      assertThat(rendered)
          .contains(probe + "Probe:\n            httpGet:\n              path: /live");
    }
    assertThat(rendered)
        .containsOnlyOnce("/ready")
        .contains("readinessProbe:\n            httpGet:\n              path: /ready");
  }

  @Test
  void theChartHasTheProjectsVersion() throws IOException {
    Matcher version =
        Pattern.compile("<version>(.+?)</version>\\s*<packaging>pom")
            .matcher(Files.readString(Project.root().resolve("pom.xml")));
    assertThat(version.find()).isTrue();

    assertThat(Files.readString(Project.root().resolve("packaging/helm/carillon/Chart.yaml")))
        .contains("\nappVersion: " + version.group(1) + "\n");
  }

  /** What is valid for a schema can still be without effect: the names of parts meet each other. */
  @Test
  void servicesAndBudgetSelectTheLabelsOfThePods() {
    String rendered = HelmChart.render(settings("Deployment", "redis", -1)).output();
    String labels = "app.kubernetes.io/name: carillon\n%sapp.kubernetes.io/instance: carillon\n";

    assertThat(Stream.of(4, 6).map(" "::repeat).map(labels::formatted))
        .allSatisfy(selected -> assertThat(rendered).contains(selected));
    assertThat(rendered)
        .contains("jobLabel: app.kubernetes.io/name")
        .contains("app.kubernetes.io/component: nodes\n  endpoints:\n    - port: metrics")
        .contains("      targetPort: metrics")
        .contains("- name: metrics\n              containerPort: 9601");
  }
}
