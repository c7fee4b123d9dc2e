package io.carillon.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Authority;
import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.node.Command;
import io.carillon.conformance.node.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens, messages and topics from the command line, against a node that asks for both. */
class CliIT {

  private static final String SECRET = "canary-secret-canary-secret-canary";
  private static final String KEY = "canary-key-canary-key";
  private static final Map<String, String> SECRETS =
      Map.of(
          "CARILLON_TOPICS_AUTH_HS256_SECRET",
          SECRET,
          "CARILLON_TOPICS_PUBLISH_KEYS",
          KEY,
          "CARILLON_DRAIN_ANNOUNCE",
          "0s");
  private static final Map<String, String> WITH_KEY = Map.of("CARILLON_PUBLISH_KEY", KEY);

  @TempDir Path folder = Path.of(".");

  private static Node node() {
    return node("0");
  }

  private static Node node(String port) {
    return Node.launch(SECRETS, "--port", port, "--log-level", "trace").awaitReady();
  }

  private static String token(String... flags) {
    String[] all = new String[flags.length + 1];
    all[0] = "token";
    System.arraycopy(flags, 0, all, 1, flags.length);
    try (Command token = Command.start(SECRETS, all)) {
      assertThat(token.exitCode()).as(token.err()).isZero();
      return token.out();
    }
  }

  @Test
  void aTokenAMessageAndAListenerFitTogether() throws Exception {
    String token = token("--name", "Ann", "--subscribe", "news.*", "--expires", "1h");
    Path tokenFile = Files.writeString(folder.resolve("token"), token + "\n");
    Path keyFile = Files.writeString(folder.resolve("key"), KEY + "\n");
    try (Node node = node();
        Command listener =
            Command.start(
                Map.of(),
                "subscribe",
                node.url().toString(),
                "news.a",
                "--token-file",
                tokenFile.toString(),
                "--count",
                "2")) {
      node.awaitLog("Client \"Ann\" subscribed to topic \"news.a\"");
      String http = node.url().toString().replace("ws://", "http://");
      try (Command one =
              Command.start(WITH_KEY, "publish", http, "news.a", "first\nline", "--name", "Desk");
          Command other = Command.start(WITH_KEY, "publish", http, "news.b", "not heard")) {
        assertThat(one.exitCode()).as(one.err()).isZero();
        assertThat(other.exitCode()).as(other.err()).isZero();
      }
      try (Command two =
          Command.start(
              Map.of(),
              "publish",
              node.url().toString(),
              "news.a",
              "two",
              "--key-file",
              keyFile.toString())) {
        assertThat(two.exitCode()).as(two.err()).isZero();
      }
      assertThat(listener.exitCode()).as(listener.err()).isZero();
      assertThat(listener.out()).isEqualTo("[news.a] Desk: first\\nline\n[news.a] Server: two");
      assertThat(node.output() + listener.err()).doesNotContain("canary", token);
    }
  }

  @Test
  void trustsAnAuthorityOfYourOwn() throws Exception {
    String token = token("--name", "Ann", "--subscribe", "*");
    Map<String, String> withToken = Map.of("CARILLON_TOKEN", token);
    try (Authority authority = new Authority();
        Node node = Node.launch(SECRETS, authority.issue().flags("--log-level=debug"))) {
      String url = node.awaitReady().url().toString();
      String ca = "--ca=" + authority.certificate();
      assertThat(url).startsWith("wss://");
      try (Command listener =
          Command.start(withToken, "subscribe", url, "news", "--count", "1", ca)) {
        node.awaitLog("subscribed to topic \"news\"");
        try (Command publish =
            Command.start(WITH_KEY, "publish", url.replace("wss", "https"), "news", "safe", ca)) {
          assertThat(publish.exitCode()).as(publish.err()).isZero();
        }
        assertThat(listener.exitCode()).as(listener.err()).isZero();
        assertThat(listener.out()).isEqualTo("[news] Server: safe");
      }
      String chat = Project.root().resolve("bin/carillon").toString();
      assertThat(CommandResult.succeed(chat, "chat", url + "/?token=" + token, ca).output())
          .contains("Welcome, Ann!");
      assertDistrusts(WITH_KEY, "publish", url, "news", "not said");
      assertDistrusts(withToken, "subscribe", url, "news");
      assertEnds(1, WITH_KEY, "publish", url, "news", "not said", "--ca=/nowhere");
      assertThat(node.output()).doesNotContain("canary", token);
    }
  }

  private static void assertDistrusts(Map<String, String> environment, String... arguments) {
    try (Command command = Command.start(environment, arguments)) {
      assertThat(command.exitCode()).as(command.err()).isEqualTo(1);
      assertThat(command.err()).contains("its certificate isn't trusted", "--ca FILE");
    }
  }

  @Test
  void aListenerComesBackWhenItsNodeDoes() {
    String token = token("--name", "Ann", "--subscribe", "*");
    String port = Integer.toString(Ports.free());
    Node first = node(port);
    String url = first.url().toString();
    try (Command listener =
        Command.start(Map.of("CARILLON_TOKEN", token), "subscribe", url, "news", "--count", "1")) {
      first.awaitLog("subscribed to topic \"news\"");
      first.stop();
      await().atMost(Patience.LIMIT).until(() -> listener.err().contains("trying again"));
      try (Node second = node(port)) {
        second.awaitLog("subscribed to topic \"news\"");
        try (Command publish = Command.start(WITH_KEY, "publish", url, "news", "back")) {
          assertThat(publish.exitCode()).isZero();
        }
        assertThat(listener.exitCode()).isZero();
        assertThat(listener.out()).isEqualTo("[news] Server: back");
      }
    } finally {
      first.close();
    }
  }

  @Test
  void aRefusalEndsACommandWithOneAndShowsNoSecret() {
    try (Node node = node()) {
      String url = node.url().toString();
      String token = token("--subscribe", "mine");
      Map<String, String> noKey = Map.of("CARILLON_PUBLISH_KEY", "canary-wrong-key-00");
      assertEnds(1, noKey, "publish", url, "a", "b");
      assertEnds(1, Map.of("CARILLON_TOKEN", "canary-token"), "subscribe", url, "a");
      assertEnds(1, Map.of(), "subscribe", url + "/?token=canary", "a");
      assertEnds(1, Map.of("CARILLON_TOKEN", token), "subscribe", url, "yours");
      assertEnds(1, WITH_KEY, "publish", "http://127.0.0.1:1", "a", "b");
      assertThat(node.output()).doesNotContain("canary");
    }
  }

  @Test
  void aCommandThatCannotBeUsedSoEndsWithTwo() {
    assertEnds(2, Map.of(), "publish", "http://127.0.0.1:1", "a", "b");
    assertEnds(2, Map.of(), "publish", "http://127.0.0.1:1", "a");
    assertEnds(2, Map.of(), "subscribe", "ws://127.0.0.1:1");
    assertEnds(2, Map.of(), "subscribe", "ws://127.0.0.1:1", "a", "--count", "0");
    assertEnds(2, Map.of(), "token", "--name", "Ann");
    assertEnds(2, SECRETS, "token", "--expires", "soon");
  }

  private static void assertEnds(int code, Map<String, String> environment, String... arguments) {
    try (Command command = Command.start(environment, arguments)) {
      assertThat(command.exitCode()).as(command.err()).isEqualTo(code);
      assertThat(command.err()).isNotBlank().doesNotContain("canary", "\tat ");
    }
  }

  @Test
  void warnsOfSecretsOnTheCommandLine() {
    try (Command command =
        Command.start(Map.of(), "publish", "http://127.0.0.1:1", "a", "b", "--key", KEY)) {
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.err()).contains("can read command lines").doesNotContain("canary");
    }
  }

  @Test
  void theConfigurationInEffectHidesSecrets() {
    try (Command command = Command.start(SECRETS, "config", "--effective")) {
      assertThat(command.exitCode()).isZero();
      assertThat(command.out())
          .contains("hs256_secret: \"***\"", "publish_keys: \"***\"")
          .doesNotContain("canary");
    }
  }
}
