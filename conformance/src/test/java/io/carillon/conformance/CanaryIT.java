package io.carillon.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Secrets never show. Each secret that a node can be given is a canary here: a word that stands
 * nowhere else, so that it is found wherever it shows.
 *
 * <p>A further secret is one more entry of {@link #environment} and one more of {@link #CANARIES}.
 */
class CanaryIT {

  private static final String PASSWORD = "cana ry/p%ss@word";
  private static final String ENCODED = "cana%20ry%2Fp%25ss%40word";
  private static final String KEY_PASSWORD = "keyCanaryWord";

  /** What must not show, in every form in which it may be written. */
  private static final List<String> CANARIES =
      List.of(PASSWORD, ENCODED, "ry%2Fp", "ry/p%ss", KEY_PASSWORD);

  private static final RabbitAdmin admin = new RabbitAdmin();

  private final String user = RabbitAdmin.uniqueName("canary");

  @TempDir Path folder = Path.of(".");

  @AutoClose private final Vhost vhost = admin.createVhost();

  @BeforeEach
  void createUser() {
    assertThat(URLDecoder.decode(ENCODED, UTF_8)).isEqualTo(PASSWORD);
    admin.createUser(user, PASSWORD);
    admin.permit(user, vhost.name());
  }

  @AfterEach
  void deleteUser() {
    admin.deleteUser(user);
  }

  private static String uri(String user, int port, String virtualHost) {
    return "amqp://%s:%s@%s:%d/%s".formatted(user, ENCODED, admin.host(), port, virtualHost);
  }

  private String uri() {
    return uri(user, admin.port(), vhost.name());
  }

  /** Every secret that there is, beside RabbitMQ's. */
  private static Map<String, String> environment(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("CARILLON_TLS_KEY_PASSWORD", KEY_PASSWORD);
    return environment;
  }

  private static void assertSecret(String shown) {
    assertThat(shown).isNotBlank();
    for (String canary : CANARIES) {
      assertThat(shown).doesNotContain(canary);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void showsNoSecretWhileItRuns(String format) throws Exception {
    Path file = Files.writeString(folder.resolve("url"), uri() + "\n");
    try (Node node =
        Node.launch(
                environment(Map.of("RABBITMQ_URL_FILE", file.toString())),
                "--port=0",
                "--log-level=trace",
                "--log-format=" + format)
            .awaitReady()) {
      try (Client alice = Client.connect(node.url()).expectGreeting("Anonymous")) {
        alice.send("hello").expect("[lobby] Anonymous: hello");
      }
      assertThat(node.log()).anyMatch(line -> line.contains("Published"));
      assertSecret(node.output());
      for (String path : List.of("/up", "/ready", "/live", "/nothing")) {
        assertSecret(Http.get(node.url(), path).body());
      }
      String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      assertSecret(CommandResult.succeed(jcmd, "" + node.pid(), "Thread.print", "-l").output());
    }
  }

  @Test
  void showsNoSecretWhereRabbitIsAway() {
    try (Node node = launch(uri(user, 1, vhost.name()))) {
      node.awaitLog("No connection to");
      URI url =
          URI.create(
              node.awaitLog(line -> line.contains("listens on"))
                  .replaceFirst(".*listens on /([0-9.]+:\\d+).*", "ws://$1"));
      assertSecret(node.output());
      assertSecret(Http.get(url, "/ready").body());
    }
  }

  @Test
  void showsNoSecretWhereItIsWrong() {
    for (String uri :
        List.of(
            uri("guest", admin.port(), vhost.name()),
            uri(user, admin.port(), "nowhere"),
            uri(user, 99_999, vhost.name()),
            uri().replace("amqp:", "http:"))) {
      try (Node node = launch(uri)) {
        assertThat(node.exitCode()).isNotZero();
        assertSecret(node.output());
      }
    }
  }

  private static Node launch(String uri) {
    return Node.launch(environment(Map.of("RABBITMQ_URL", uri)), "--port=0", "--log-level=trace");
  }

  @Test
  void showsNoSecretWhenItIsAsked() {
    CommandResult config = carillon(uri(), "config", "--effective");
    assertSecret(config.output());
    assertThat(config.output()).contains("key_password", "***");
    assertSecret(carillon(uri(), "doctor", "--port=0").output());
    assertSecret(carillon(uri("guest", admin.port(), "x"), "doctor", "--port=0").output());
    assertSecret(carillon(uri(user, 1, "x"), "doctor", "--port=0").output());
    assertSecret(carillon(uri(user, 99_999, "x"), "doctor", "--port=0").output());
  }

  private static CommandResult carillon(String uri, String... words) {
    List<String> command = new ArrayList<>(List.of(Node.root().resolve("bin/carillon").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment(Map.of("RABBITMQ_URL", uri)));
    return CommandResult.run(builder);
  }
}
