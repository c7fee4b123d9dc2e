package io.carillon.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import io.carillon.conformance.rabbitmq.Vhost;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that can't start says why, in words for people, and ends. */
class CommandLineIT {

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Node node = Node.launch(Map.of(), "--port", "" + taken.getLocalPort())) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.log())
          .filteredOn(line -> line.startsWith("carillon serve: "))
          .singleElement()
          .asString()
          .contains("127.0.0.1:" + taken.getLocalPort(), "in use");
      assertThat(node.output()).doesNotContain("\tat ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --port=x              | --port: port: "x" (expected: a whole number
          --port=70000          | --port: port: "70000" (expected: a whole number, 0 to 65535)
          --heartbeat=5         | --heartbeat: limits.heartbeat: "5" (expected: a duration
          --max-connections=0   | --max-connections: limits.max_connections: "0" (expected:
          --log-level=loud      | --log-level: log.level: "loud" (expected: one of error, warn
          --set=drain.windw=1s  | --set: drain.windw: unknown key (did you mean drain.window?)
          --set=drain           | --set: "drain" (expected: KEY=VALUE)
          --no-such-flag        | --no-such-flag
          --default-topic=      | --default-topic: topics.default_topic: "" (expected: a name)
          --config=/nowhere     | /nowhere: there is no such file
          """)
  void saysWhatIsWrongWithAFlag(String flag, String message) {
    try (Node node = Node.launch(Map.of(), flag)) {
      assertThat(node.exitCode()).isEqualTo(2);
      assertThat(node.output()).contains(message).doesNotContain("\tat ");
    }
  }

  @Test
  void warnsWhereItMayOpenTooFewFilesForItsClients() {
    try (Node many = Node.launch(Map.of(), "--port=0", "--max-connections=100000000").awaitReady();
        Node few = Node.launch(Map.of(), "--port=0", "--max-connections=10").awaitReady()) {
      assertThat(many.log())
          .filteredOn(line -> line.contains("100000000 clients need 100001280"))
          .singleElement()
          .asString()
          .contains(" WARN ", "LimitNOFILE=100001280");
      assertThat(few.output()).doesNotContain("may open");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "serve", "config", "check", "doctor", "demo", "token", "publish", "subscribe"})
  void helpFitsAScreenAndEveryCommandHasItsVersion(String command) {
    CommandResult help = carillon((command + " --help").strip().split(" "));
    assertThat(help.exitCode()).isZero();
    assertThat(help.lines()).hasSizeBetween(4, 40).allMatch(line -> line.length() <= 80);
    assertThat(help.output()).startsWith("Usage: carillon " + command);

    CommandResult version = carillon((command + " --version").strip().split(" "));
    assertThat(version.exitCode()).isZero();
    assertThat(version.output()).matches("carillon \\d+\\.\\d+\\.\\d+\\S*\nJava \\S+\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "check", "check /nowhere", "doctor --url=http://a"})
  void whatCannotBeMeantEndsWithTwo(String command) {
    assertThat(carillon(command.isEmpty() ? new String[0] : command.split(" ")).exitCode())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "serve --prot 80, did you mean --port?",
    "sevre, did you mean serve?",
    "chat 127.0.0.1:8080, 'has no scheme (expected: ws://127.0.0.1:8080'",
    "chat ws://127.0.0.1:1, 'no WebSocket at ws://127.0.0.1:1: connection refused'",
    "serve --port 0 --host nowhere.invalid, 'nowhere.invalid:0: there is no such address'",
  })
  void aWrongWordIsOneOrTwoLines(String command, String told) {
    CommandResult wrong = carillon(command.split(" ", -1));

    assertThat(wrong.exitCode()).isPositive();
    assertThat(wrong.output()).contains(told).doesNotContain("Exception", "Usage:");
    assertThat(wrong.lines())
        .filteredOn(line -> !line.matches(".* (INFO|WARN) .*"))
        .hasSizeLessThan(3);
  }

  private static CommandResult carillon(String... words) {
    List<String> command =
        new ArrayList<>(List.of(Project.root().resolve("bin/carillon").toString()));
    command.addAll(List.of(words));
    return CommandResult.run(new ProcessBuilder(command));
  }

  @Test
  void takesEveryVariableOfTheReference() {
    try (Vhost vhost = new RabbitAdmin().createVhost();
        Node node =
            Node.launch(
                    Map.of(
                        "PORT", "0",
                        "DEFAULT_TOPIC", "foyer",
                        "RABBITMQ_URL", vhost.uri(),
                        "RABBITMQ_EXCHANGE", "other",
                        "NODE_ID", "the-node"))
                .awaitReady();
        Client alice = Client.connect(node.url().resolve("/?name=Alice"))) {
      alice.expect("Welcome, Alice!", "System: Subscribed to \"foyer\".").next();
      alice.send("hi").expect("[foyer] Alice: hi");
      assertThat(vhost.exchange("other.v1")).containsEntry("type", "topic");
      assertThat(node.output()).contains("the-node");
    }
  }

  @Test
  void startsAmongVariablesThatOtherSoftwareHasSet() {
    Map<String, String> environment =
        Map.of(
            "HOST", "x86_64-conda-linux-gnu",
            "PORT", "tcp://10.0.0.9:80",
            "REVERB_SERVER_PORT", "tcp://10.0.0.9:8080",
            "METRICS_PORT", "off",
            "ACTIVITY_TIMEOUT", "30000",
            "CARILLON_PUSHER_ACTIVITY_TIMEOUT", "30s",
            "CARILLON_HEADLESS_PORT_8080_TCP", "tcp://10.0.0.9:8080",
            "CARILLON_METRICS_SERVICE_HOST", "10.0.0.9");
    try (Node node = Node.launch(environment, "--port=0").awaitReady()) {
      assertThat(node.url()).hasHost("127.0.0.1");
      assertThat(node.log())
          .filteredOn(line -> line.contains(" WARN ") && line.matches(".*[A-Z]+_?(HOST|PORT).*"))
          .singleElement()
          .asString()
          .contains("HOST: \"x86_64-conda-linux-gnu\" is no address of this machine; ignored");
    }
  }

  @Test
  void aNodeWithoutABrokerWorksAloneAndSaysSo() {
    try (Node first = Node.launch(Map.of(), "--port", "0");
        Node second = Node.launch(Map.of(), "--port", "0");
        Client alice = Client.connect(first.awaitReady().url()).expectGreeting("Anonymous");
        Client bob = Client.connect(second.awaitReady().url()).expectGreeting("Anonymous");
        Client carol = Client.connect(second.url()).expectGreeting("Anonymous")) {
      alice.send("one").expect("[lobby] Anonymous: one");
      bob.send("two").expect("[lobby] Anonymous: two");
      carol.expect("[lobby] Anonymous: two");
      alice.send("three").expect("[lobby] Anonymous: three");

      assertThat(first.log())
          .filteredOn(line -> line.contains(" WARN ") && line.contains("broker"))
          .singleElement()
          .asString()
          .contains("No broker is configured", "clients of other nodes are not reached");
    }
  }
}
