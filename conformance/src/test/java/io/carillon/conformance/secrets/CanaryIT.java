package io.carillon.conformance.secrets;

import static io.carillon.conformance.secrets.Canaries.assertSecret;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Authority;
import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.metrics.Metrics;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import io.carillon.conformance.rabbitmq.Vhost;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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

/** Secrets never show: each is a canary that is looked for wherever a node says something. */
class CanaryIT {

  private static final RabbitAdmin admin = new RabbitAdmin();

  @AutoClose private static final Authority authority = new Authority();

  private static final HttpClient http = authority.http();
  private static final Authority.Pair pair = authority.issue();

  private final String user = RabbitAdmin.uniqueName("canary");

  @TempDir Path folder = Path.of(".");

  @AutoClose private final Vhost vhost = admin.createVhost();

  @BeforeEach
  void createUser() {
    admin.createUser(user, Canaries.PASSWORD);
    admin.permit(user, vhost.name());
  }

  @AfterEach
  void deleteUser() {
    admin.deleteUser(user);
  }

  private String uri() {
    return Canaries.uri(user, admin.port(), vhost.name());
  }

  private Path encryptedKey(String password) {
    Path key = folder.resolve("encrypted.key");
    authority.openssl(
        "pkcs8 -topk8 -v2 aes-256-cbc -passout pass:%s -in %s -out %s"
            .formatted(password, pair.key(), key));
    return key;
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> environment =
        Canaries.environment(pair.certificate(), encryptedKey(Canaries.KEY_PASSWORD));
    environment.putAll(more);
    return environment;
  }

  private Node launch(String uri) {
    return Node.launch(environment(Map.of("RABBITMQ_URL", uri)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void showsNoSecretWhileItRuns(String format) throws Exception {
    Path file = Files.writeString(folder.resolve("url"), uri() + "\n");
    try (Node node =
        Node.launch(
                environment(Map.of("RABBITMQ_URL_FILE", file.toString())), "--log-format=" + format)
            .awaitReady()) {
      String token = "/?token=" + Canaries.TOKEN;
      try (Client ann = Client.connect(node.url().resolve(token), http).expectGreeting("Ann")) {
        ann.send("hello").expect("[lobby] Ann: hello");
        assertThat(publish(node, Canaries.NEXT_PUBLISH_KEY)).startsWith("202 ");
        ann.expect("[lobby] Server: by HTTP");
      }
      assertThat(publish(node, Canaries.WRONG)).startsWith("401 ");
      for (String path :
          List.of("/up", "/ready", "/live", "/nothing", token, "/?token=" + Canaries.WRONG)) {
        ask(HttpRequest.newBuilder(https(node, path)));
      }
      sayNonsense(node);

      String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      assertSecret(CommandResult.succeed(jcmd, "" + node.pid(), "Thread.print", "-l").output());
      String metrics = Metrics.of(node).page();
      assertThat(metrics).contains("carillon_connected");
      assertSecret(metrics);
      assertThat(node.log())
          .anyMatch(line -> line.contains("Published"))
          .anyMatch(line -> line.contains("hs256_secret"))
          .anyMatch(line -> line.contains("This is no HTTP") || line.contains("before its"));
      assertSecret(node.output());
    }
  }

  private static URI https(Node node, String path) {
    return URI.create("https://" + node.url().getAuthority() + path);
  }

  private static String publish(Node node, String key) throws Exception {
    return ask(
        HttpRequest.newBuilder(https(node, "/topics/lobby"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("by HTTP")));
  }

  /** Status, headers and body of the answer, without secrets. */
  private static String ask(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    String shown = response.statusCode() + " " + response.headers() + response.body();
    assertSecret(shown);
    return shown;
  }

  /** Requests that can't be read, with secrets where they can't be read. */
  private static void sayNonsense(Node node) throws IOException {
    for (String nonsense :
        List.of(
            "GET /%zz?token=" + Canaries.TOKEN + " HTTP/1.1",
            "GET / HTTP/1.1\r\nAuthorization Bearer " + Canaries.PUBLISH_KEY,
            "GET / HTTP/1.1\r\n" + Canaries.PUBLISH_KEY + "\u0001: x",
            "GET / HTTP/1.1\r\nAuthorization: Bearer " + Canaries.TOKEN + "\u0001",
            "POST /topics/lobby HTTP/1.1\r\nAuthorization: Bearer "
                + Canaries.PUBLISH_KEY
                + "\r\nContent-Length: "
                + Canaries.WRONG,
            Canaries.HS256)) {
      try (RawClient client = RawClient.on(authority.connect(node.url()))) {
        client.send((nonsense + "\r\n\r\n").getBytes(ISO_8859_1)).endOutput();
        assertSecret("It says: " + client.readBody());
      }
    }
    try (RawClient plain = RawClient.dial(node.url())) {
      plain.send("GET /?token=" + Canaries.TOKEN + " HTTP/1.1\r\n\r\n");
      assertSecret("It says: " + plain.readBody());
    }
    node.awaitLog("plain text where TLS is spoken");
  }

  @Test
  void showsNoSecretWhereRabbitIsAway() throws Exception {
    try (Node node = launch(Canaries.uri(user, 1, vhost.name()))) {
      node.awaitLog("No connection to");
      URI ready =
          URI.create(
              node.awaitLog(line -> line.contains("listens on"))
                  .replaceFirst(".*listens on /([0-9.]+:\\d+).*", "https://$1/ready"));
      assertThat(ask(HttpRequest.newBuilder(ready))).startsWith("404 ");
      assertSecret(Metrics.of(node).page());
      assertSecret(node.output());
    }
  }

  @Test
  void showsNoSecretWhereItIsWrong() {
    for (String uri :
        List.of(
            Canaries.uri("guest", admin.port(), vhost.name()),
            Canaries.uri(user, admin.port(), "nowhere"),
            Canaries.uri(user, 99_999, vhost.name()),
            uri().replace("amqp:", "http:"),
            "canary:" + uri())) {
      assertEndsWithoutSecret(Map.of("RABBITMQ_URL", uri));
    }
    Path other = encryptedKey("other");
    assertEndsWithoutSecret(
        Map.of(
            "CARILLON_TLS_CERTIFICATE", pair.certificate().toString(),
            "CARILLON_TLS_KEY", other.toString(),
            "CARILLON_TLS_KEY_PASSWORD", Canaries.KEY_PASSWORD));
    assertEndsWithoutSecret(Map.of("CARILLON_TOPICS_AUTH_HS256_SECRET", Canaries.PUBLISH_KEY));
    assertEndsWithoutSecret(Map.of("CARILLON_TOPICS_PUBLISH_KEYS", Canaries.KEY_PASSWORD));
    assertEndsWithoutSecret(
        Map.of("CARILLON_TOPICS_AUTH_HS256_SECRET_FILE", folder + "/nowhere"),
        "--set=topics.auth.hs256_secret=" + Canaries.PUBLISH_KEY,
        "--set=topics.publish_key=" + Canaries.PUBLISH_KEY);
  }

  /** In a file, a secret can stand where it is not expected. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "topics: {auth: {hs256_secret: [%s]}}",
        "topics: {auth: {hs256_secret: {%s: 1}}}",
        "topics: {auth: {hs256_secrets: %s}}",
        "topics: {auth: {hs256_secret: \"%s",
        "topics: {auth: {hs256_secret: %s\n  publish_keys: %s: x",
        "topics: {auth: {hs256_secret: '${%s'}}",
        "topics: {publish_keys: %s}",
        "tls: {key_password: *%s}",
        "tls: {key_password: !%s!%s x}",
        "adapter: {rabbitmq: {url: '%s'}}",
        "%s"
      })
  void showsNoSecretWhereAFileIsWrong(String yaml) throws Exception {
    Path file =
        Files.writeString(folder.resolve("carillon.yaml"), yaml.replace("%s", "canaryWord"));

    CommandResult check = carillon(Map.of(), "check", file.toString());

    assertThat(check.exitCode()).as(check.output()).isEqualTo(2);
    assertThat(check.output()).isNotBlank().doesNotContain("canaryWord", "\tat ");
  }

  private static void assertEndsWithoutSecret(Map<String, String> wrong, String... flags) {
    Map<String, String> environment = new HashMap<>(wrong);
    environment.put("PORT", "0");
    environment.put("CARILLON_LOG_LEVEL", "trace");
    try (Node node = Node.launch(environment, flags)) {
      assertThat(node.exitCode()).as(node.output()).isBetween(1, 2);
      assertSecret(node.output());
      assertThat(node.output()).doesNotContain("\tat ");
    }
  }

  @Test
  void showsNoSecretWhenItIsAsked() {
    CommandResult config = carillon(broker(uri()), "config", "--effective");
    assertSecret(config.output());
    assertThat(config.output())
        .contains("key_password: \"***\"", "hs256_secret: \"***\"", "publish_keys: \"***, ***\"");
    CommandResult token = carillon(broker(uri()), "token", "--name=Ann", "--subscribe=*");
    assertThat(token.exitCode()).isZero();
    assertSecret(token.output());
    for (String uri :
        List.of(
            uri(),
            Canaries.uri("guest", admin.port(), "x"),
            Canaries.uri(user, 1, "x"),
            Canaries.uri(user, 99_999, "x"))) {
      CommandResult doctor = carillon(broker(uri), "doctor", "--max-connections=10");
      assertSecret(doctor.output());
      assertThat(doctor.output()).contains(uri.contains("99999") ? "FAIL  config" : "certificate");
    }
  }

  private Map<String, String> broker(String uri) {
    return environment(Map.of("RABBITMQ_URL", uri));
  }

  private static CommandResult carillon(Map<String, String> environment, String... words) {
    List<String> command =
        new ArrayList<>(List.of(Project.root().resolve("bin/carillon").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return CommandResult.run(builder);
  }
}
