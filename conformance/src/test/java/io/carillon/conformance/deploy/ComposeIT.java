package io.carillon.conformance.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Json;
import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.rabbitmq.PrivateRabbitMq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of the compose file that can be tested without containers. */
class ComposeIT {

  private static final Path FILE = Project.root().resolve("packaging/container/compose.yaml");
  private static final Map<String, String> PASSWORDS =
      Map.of("RABBITMQ_PASSWORD", "node-secret", "RABBITMQ_ADMIN_PASSWORD", "admin-secret");
  private static final Pattern SECONDS = Pattern.compile("\\d+s");

  @TempDir Path folder = Path.of(".");

  private final ComposeFile compose;

  ComposeIT() throws IOException {
    compose = ComposeFile.read(FILE, PASSWORDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RABBITMQ_PASSWORD", "RABBITMQ_ADMIN_PASSWORD"})
  void noPasswordHasADefault(String name) {
    Map<String, String> others = new HashMap<>(PASSWORDS);
    others.remove(name);
    assertThatThrownBy(() -> ComposeFile.read(FILE, others))
        .hasMessage(name + ": is not set, the head of compose.yaml says how");
  }

  @ParameterizedTest
  @ValueSource(strings = {"node1", "node2"})
  void carillonKnowsEveryVariableOfItsNodes(String service) {
    Map<String, String> environment = compose.environment(service);
    CommandResult effective =
        new Installation(Project.root()).run(environment, "config", "--effective");
    assertThat(effective.exitCode()).as(effective.output()).isZero();
    assertThat(environment.keySet())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(effective.lines()).anyMatch(l -> l.endsWith("# " + name)));
  }

  @Test
  void nodesDrainBeforeTheyAreKilled() {
    String grace = Json.field(compose.section("services", "node1"), "stop_grace_period") + "";
    assertThat(grace).matches(SECONDS);
    assertThat(Integer.parseInt(grace.replace("s", ""))).isGreaterThan(8 + 5);
  }

  /** Users of the machine reach the nodes and the management page, and nobody reaches AMQP. */
  @Test
  void publishesOnlyWhatIsToBeSeenAndOnlyOnThisMachine() {
    assertThat(ports("node1")).containsExactly("127.0.0.1:8081:8080");
    assertThat(ports("node2")).containsExactly("127.0.0.1:8082:8080");
    assertThat(ports("rabbitmq")).containsExactly("127.0.0.1:15672:15672");
  }

  private List<String> ports(String service) {
    return compose.list(compose.section("services", service), "ports");
  }

  @Test
  void everythingItNamesIsThere() {
    Map<String, Object> build = compose.section("services", "node1", "build");
    Path context = FILE.resolveSibling(Json.field(build, "context").toString());
    assertThat(context.normalize()).isEqualTo(Project.root().resolve("dist").normalize());
    assertThat(context.resolve(Json.field(build, "dockerfile").toString()).normalize())
        .isRegularFile();

    Map<String, Object> rabbitmq = compose.section("services", "rabbitmq");
    assertThat(compose.list(rabbitmq, "volumes")).containsExactly("rabbitmq:/var/lib/rabbitmq");
    assertThat(compose.section("volumes")).containsOnlyKeys("rabbitmq");
    assertThat(compose.section("networks"))
        .containsOnlyKeys(compose.list(rabbitmq, "networks").toArray(String[]::new));
    List<?> configs = (List<?>) Json.field(rabbitmq, "configs");
    assertThat(configs)
        .extracting(config -> ComposeFile.objectOf(config).get("source"))
        .containsExactlyInAnyOrderElementsOf(compose.section("configs").keySet());
    assertThat(config("rabbitmq"))
        .isEqualTo("load_definitions = " + target(configs, "definitions") + "\n");
  }

  private String config(String name) {
    return Json.field(compose.section("configs", name), "content").toString();
  }

  private static Object target(List<?> configs, String source) {
    return configs.stream()
        .map(ComposeFile::objectOf)
        .filter(config -> source.equals(config.get("source")))
        .map(config -> Json.field(config, "target"))
        .findFirst()
        .orElseThrow();
  }

  /** DeploymentIT uses the same permissions; what they forbid is tried here. */
  @Test
  @Tag("matrix")
  void itsUsersCanDoWhatTheyAreForAndNoMore() throws Exception {
    Path definitions = Files.writeString(folder.resolve("definitions.json"), config("definitions"));
    try (PrivateRabbitMq rabbit = new PrivateRabbitMq()) {
      rabbit.control("import_definitions", definitions.toString());
      rabbit.control("authenticate_user", "admin", "admin-secret");
      String uri =
          Json.field(compose.section("services", "node1", "environment"), "RABBITMQ_URL")
              .toString()
              .replace("rabbitmq:5672", at(rabbit));
      assertThat(uri).endsWith("/%2F");
      doctorIsContentWith(uri);
      try (Node one = node(uri, "--wire=native");
          Node two = node(uri, "--wire=transition");
          Client alice = Client.connect(one.awaitReady().url()).expectGreeting("Anonymous");
          Client bob = Client.connect(two.awaitReady().url()).expectGreeting("Anonymous")) {
        alice.send("hello").expect("[lobby] Anonymous: hello");
        bob.expect("[lobby] Anonymous: hello");
        alice.subscribe("a.b#").publish("a.b#", "x").expect("[a.b#] Anonymous: x");
      }
      refusesOtherThings(uri);
    }
  }

  private static String at(PrivateRabbitMq rabbit) {
    return "127.0.0.1:" + rabbit.port();
  }

  private static Node node(String uri, String... flags) {
    List<String> all = new ArrayList<>(List.of("--port=0"));
    all.addAll(List.of(flags));
    return Node.launch(Map.of("RABBITMQ_URL", uri), all);
  }

  private static void doctorIsContentWith(String uri) {
    CommandResult doctor =
        new Installation(Project.root())
            .run(Map.of("RABBITMQ_URL", uri), "doctor", "--port=0", "--max-connections=10");
    assertThat(doctor.exitCode()).as(doctor.output()).isZero();
  }

  private static void refusesOtherThings(String uri) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(uri);
    try (Connection connection = factory.newConnection("a test")) {
      Channel exchange = connection.createChannel();
      assertThatThrownBy(() -> exchange.exchangeDeclare("other", "fanout"))
          .rootCause()
          .hasMessageContainingAll("ACCESS_REFUSED", "exchange 'other'");
      Channel queue = connection.createChannel();
      assertThatThrownBy(() -> queue.queueDeclare("other", false, true, true, Map.of()))
          .rootCause()
          .hasMessageContainingAll("ACCESS_REFUSED", "queue 'other'");
    }
  }
}
