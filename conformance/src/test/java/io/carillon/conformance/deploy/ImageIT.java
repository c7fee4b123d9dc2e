package io.carillon.conformance.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import io.carillon.conformance.rabbitmq.Vhost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container image: what its Dockerfile says, and in the matrix the image itself. */
class ImageIT {

  private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(\"[^\"]*\"|\\S+)");

  @TempDir Path folder = Path.of(".");

  /** Instructions with their continued lines joined, without comments. */
  private static List<String> instructions() throws IOException {
    String text =
        Files.readAllLines(Image.dockerfile()).stream()
            .filter(line -> !line.startsWith("#"))
            .collect(Collectors.joining("\n"));
    return Arrays.stream(text.replace("\\\n", " ").split("\n")).filter(i -> !i.isBlank()).toList();
  }

  private static String argument(String instruction) throws IOException {
    return instructions().stream()
        .filter(line -> line.startsWith(instruction + " "))
        .reduce((earlier, later) -> later)
        .map(line -> line.substring(instruction.length() + 1).strip())
        .orElseThrow();
  }

  private static Map<String, String> variables() throws IOException {
    return VARIABLE
        .matcher(argument("ENV"))
        .results()
        .collect(Collectors.toMap(v -> v.group(1), v -> v.group(2).replace("\"", "")));
  }

  @Test
  void carillonKnowsEveryVariableOfTheImage() throws IOException {
    Map<String, String> image = new HashMap<>(variables());
    assertThat(image.remove("CARILLON_CONFIG")).isEqualTo("/etc/carillon/carillon.yaml");
    // A JVM refuses an option that it doesn't know.
    // METRICS_HOST counts where there are metrics.
    Map<String, String> environment = new HashMap<>(image);
    environment.put("CARILLON_METRICS_ENABLED", "true");
    CommandResult effective =
        new Installation(Project.root()).run(environment, "config", "--effective");
    assertThat(effective.exitCode()).as(effective.output()).isZero();
    assertThat(image.remove("CARILLON_JAVA_OPTS")).contains("-XX:MaxRAMPercentage=");
    assertThat(image)
        .containsEntry("HOST", "0.0.0.0")
        .containsEntry("CARILLON_LOG_FORMAT", "json")
        .allSatisfy(
            (name, value) ->
                assertThat(effective.lines()).anyMatch(line -> line.endsWith("# " + name)));
  }

  @Test
  void noShellStandsBetweenTheEngineAndTheNodeNorDoesRoot() throws IOException {
    assertThat(argument("ENTRYPOINT")).isEqualTo("[\"/opt/carillon/bin/carillon\"]");
    assertThat(argument("CMD")).isEqualTo("[\"serve\"]");
    assertThat(argument("HEALTHCHECK"))
        .endsWith("CMD [\"/opt/carillon/bin/carillon\", \"health\"]");
    assertThat(argument("USER")).matches("[1-9]\\d*:[1-9]\\d*");
  }

  @Test
  void isBuiltInTwoStagesOnAnyBase() throws IOException {
    assertThat(instructions())
        .filteredOn(line -> line.startsWith("FROM "))
        .containsExactly("FROM ${BASE} AS archive", "FROM ${BASE}");
  }

  @Test
  @Tag("matrix")
  void runsAsNobodySpecialServesClientsAndIsHealthyUntilItDrains() throws Exception {
    assumeThat(System.getProperty("user.name")).as("to build an image").isEqualTo("root");
    Path context = folder.resolve("dist");
    Archives.copyWithRuntime(context);
    try (Image image = Image.build(context, folder.resolve("store"));
        Vhost vhost = new RabbitAdmin().createVhost();
        Node node = image.launch(own(vhost)).awaitReady();
        Client alice = Client.connect(node.url()).expectGreeting("Anonymous")) {
      alice.send("hello").expect("[lobby] Anonymous: hello");

      ProcessHandle first = Image.first(node);
      assertThat(status(first, "Uid")).startsWith("10001\t");
      assertThat(status(first, "NSpid")).endsWith("\t1");
      assertThat(node.log()).allSatisfy(line -> assertThat(line).startsWith("{\"@timestamp\""));
      node.awaitLog(line -> line.contains("listens on") && line.contains("epoll"));
      Map<String, String> port = Map.of("PORT", node.url().getPort() + "");
      assertThat(image.exec(node, port, image.health()))
          .isEqualTo(new CommandResult(0, "200 OK\n"));
      assertThat(image.exec(node, Map.of("PORT", "1"), image.health()).exitCode()).isEqualTo(1);

      first.destroy();
      assertThat(alice.awaitClose()).isEqualTo(1012);
      assertThat(node.exitCode()).isZero();
    }
  }

  /** It uses this machine's network, where no other program should see it. */
  private static Map<String, String> own(Vhost vhost) {
    return Map.of(
        "HOST", "127.0.0.1", "PORT", "0", "METRICS_HOST", "127.0.0.1", "RABBITMQ_URL", vhost.uri());
  }

  /** What the kernel says of a process: several values with tabs in between. */
  private static String status(ProcessHandle process, String key) throws IOException {
    Path file = Path.of("/proc", process.pid() + "", "status");
    Matcher line = Pattern.compile("(?m)^" + key + ":\t(.*)$").matcher(Files.readString(file));
    assertThat(line.find()).isTrue();
    return line.group(1);
  }
}
