package io.carillon.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.TcpTable;
import io.carillon.conformance.node.Command;
import io.carillon.conformance.node.Node;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code carillon demo}, over each server that the demo can start. */
class DemoIT {

  private static final int SIGTERM = 143;
  private static final Pattern NODE = Pattern.compile("Node \\d is ready: .*process (\\d+)");

  @TempDir private Path folder = Path.of(".");

  @ParameterizedTest
  @CsvSource({"rabbitmq,RabbitMQ", "redis,Redis", "nats,NATS"})
  void twoNodesTalkOverAServerOfTheDemosOwn(String name, String title) throws Exception {
    int port;
    try (Command demo = demo(Map.of("RABBITMQ_URL", "amqp://127.0.0.1:1"), name)) {
      await().atMost(Patience.LIMIT).until(() -> demo.out().contains("Ctrl-C stops everything."));
      assertThat(demo.out())
          .as(demo.err())
          .contains("Bob on node 2 hears: [lobby] Alice: Hello from the other node!");
      port =
          Integer.parseInt(
              find("Starting %s on port (\\d+)".formatted(title), demo.out()).getFirst());
      List<String> nodes = find(NODE.pattern(), demo.out());
      assertThat(nodes).hasSize(2);
      for (String node : nodes) {
        assertThat(TcpTable.connectionsOf(Long.parseLong(node)))
            .anyMatch(connection -> connection.remotePort() == port);
      }

      assertThat(demo.stop()).isEqualTo(SIGTERM);
      assertThat(nodes).noneMatch(node -> ProcessHandle.of(Long.parseLong(node)).isPresent());
    }
    await().atMost(Patience.LIMIT).until(() -> isClosed(port));
  }

  private static List<String> find(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  private static boolean isClosed(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (ConnectException nobodyListens) {
      return true;
    }
  }

  /** Debian's place of RabbitMQ is known; that of the others is the PATH. */
  @ParameterizedTest
  @CsvSource({"rabbitmq,RabbitMQ,amqp", "redis,Redis,redis"})
  void aServerThatIsNotInstalledIsAskedForByItsPackage(String name, String title, String scheme)
      throws Exception {
    for (String program : List.of("dirname", "readlink", "mkdir", "cksum", "tr", "sed", "env")) {
      Path script = folder.resolve(program);
      Files.writeString(script, "#!/bin/sh\nexec /usr/bin/%s \"$@\"\n".formatted(program));
      assertThat(script.toFile().setExecutable(true)).isTrue();
    }
    Map<String, String> bare =
        Map.of(
            "PATH", folder.toString(),
            "RABBITMQ_HOME", "/nowhere",
            "CARILLON_JAVA", System.getProperty("java.home"));
    try (Command demo = demo(bare, name)) {
      assertThat(demo.exitCode()).isEqualTo(1);
      assertThat(demo.err())
          .contains(
              "carillon demo: %s is not installed: apt install %s-server, or --broker %s://..."
                  .formatted(title, name, scheme))
          .doesNotContain("Exception");
    }
  }

  @Test
  void anUnknownServerIsAnsweredWithTheChoices() {
    try (Command demo = demo(Map.of(), "redsi")) {
      assertThat(demo.exitCode()).isEqualTo(2);
      assertThat(demo.err()).contains("--broker: \"redsi\" (expected: rabbitmq, redis, nats, or");
    }
  }

  private static Command demo(Map<String, String> environment, String broker) {
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent(Node.JAVA_OPTIONS_VARIABLE, "-Xmx128m");
    return Command.start(all, "demo", "--broker=" + broker);
  }
}
