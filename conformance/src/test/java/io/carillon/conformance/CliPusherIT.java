package io.carillon.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events and channels of a Pusher app from the command line, and what a wrong URL is told. */
class CliPusherIT {

  private static final Map<String, String> SECRET = Map.of("CARILLON_APP_SECRET", PusherApp.SECRET);
  private static final Map<String, String> NONE = Map.of();

  @TempDir static Path folder = Path.of(".");

  private static Node node;

  @BeforeAll
  static void start() throws Exception {
    Path file = Files.writeString(folder.resolve("app.yaml"), PusherApp.CONFIGURATION);
    node =
        Node.launch(
                Map.of("CARILLON_TOPICS_PUBLISH_KEYS", "canary-key-canary-key"),
                "--port=0",
                "--log-level=debug",
                "--config=" + file)
            .awaitReady();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static String appUrl() {
    return node.url() + "/app/" + PusherApp.KEY;
  }

  private static Command subscribe(Map<String, String> environment, String... more) {
    List<String> words = new ArrayList<>(List.of("subscribe", appUrl()));
    words.addAll(List.of(more));
    return Command.start(environment, words.toArray(String[]::new));
  }

  /** Publishes until the listener, whose subscription takes a moment, has heard it. */
  private static void awaitHeard(Command listener, String line, String... publish) {
    await()
        .atMost(Node.PATIENCE)
        .untilAsserted(
            () -> {
              succeed(publish);
              assertThat(listener.out()).isEqualTo(line);
            });
    assertThat(listener.exitCode()).as(listener.err()).isZero();
  }

  private static void succeed(String... publish) {
    boolean isFile = Arrays.stream(publish).anyMatch(word -> word.startsWith("--app-secret-file"));
    try (Command command = Command.start(isFile ? NONE : SECRET, publish)) {
      assertThat(command.exitCode()).as(command.err()).isZero();
    }
  }

  @Test
  void publishesAnEventThatASubscriberPrints() throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), PusherApp.SECRET + "\n");
    String http = node.url().toString().replace("ws://", "http://");
    try (Command listener = subscribe(NONE, "news", "--count=1")) {
      awaitHeard(
          listener,
          "[news] headline: {\"text\":\"first\\nline\"}",
          "publish",
          "--app-id=" + PusherApp.ID,
          "--app-key=" + PusherApp.KEY,
          "--app-secret-file=" + file,
          http,
          "news",
          "headline",
          "{\"text\":\"first\nline\"}");
      assertThat(node.output() + listener.err()).doesNotContain(PusherApp.SECRET);
    }
  }

  @ParameterizedTest
  @CsvSource({"private-orders", "presence-room", "private-cache-state"})
  void signsWhatIsNotPublic(String channel) {
    try (Command listener = subscribe(SECRET, channel, "--count=1", "--user-id=ann")) {
      awaitHeard(
          listener,
          "[" + channel + "] shipped: 7",
          "publish",
          "--app-id=" + PusherApp.ID,
          appUrl(),
          channel,
          "shipped",
          "7");
    }
  }

  @Test
  void saysAtOnceWhyAChannelCannotBeHeard() {
    assertRefused(2, subscribe(NONE, "private-orders"), "only signed", "CARILLON_APP_SECRET");
    Map<String, String> wrong = Map.of("CARILLON_APP_SECRET", "canary-wrong");
    assertRefused(1, subscribe(wrong, "private-orders"), "private-orders: 401");
    assertRefused(1, subscribe(NONE, "no such channel"), "Invalid channel name");
    assertRefused(
        1,
        Command.start(NONE, "subscribe", node.url() + "/app/other", "news"),
        "4001",
        "check the key");
    assertRefused(
        2,
        Command.start(NONE, "subscribe", node.url() + "/?protocol=7&client=x", "a"),
        "ws://host:port/app/KEY");
  }

  @Test
  void tellsAWrongIdKeyOrSecretFromAMissingOne() {
    String id = "--app-id=" + PusherApp.ID;
    Map<String, String> wrong = Map.of("CARILLON_APP_SECRET", "canary-wrong");
    assertRefused(2, publish(NONE, id, appUrl()), "no app secret", "--app-secret-file");
    assertRefused(2, publish(SECRET, appUrl()), "--app-id ID");
    assertRefused(1, publish(wrong, id, appUrl()), "401", "the secret is not that of this app");
    assertRefused(1, publish(SECRET, "--app-id=9", appUrl()), "401", "no app with this id");
    assertRefused(1, publish(SECRET, id, node.url() + "/app/other"), "401", "no app with this id");
    assertRefused(2, publish(SECRET, id, appUrl(), "--app-key=other"), "the URL says");
    assertRefused(2, Command.start(SECRET, "publish", id, appUrl(), "a", "b"), "a word is missing");
    assertRefused(
        2, Command.start(NONE, "publish", node.url() + "", "a", "b", "c"), "one word too many");
    assertRefused(
        2,
        Command.start(SECRET, "publish", id, appUrl(), "private-encrypted-a", "b", "c"),
        "can't encrypt");
  }

  private static Command publish(Map<String, String> environment, String... words) {
    List<String> all = new ArrayList<>(List.of("publish"));
    all.addAll(List.of(words));
    all.addAll(List.of("news", "headline", "{}"));
    return Command.start(environment, all.toArray(String[]::new));
  }

  @Test
  void tellsAWrongKeyOfTopicsFromNone() {
    Map<String, String> wrong = Map.of("CARILLON_PUBLISH_KEY", "canary-wrong-canary");
    assertRefused(
        1,
        Command.start(wrong, "publish", node.url() + "", "a", "b"),
        "401 The key is wrong: it is none of this node's topics.publish_keys");
    assertRefused(
        2, Command.start(NONE, "publish", node.url() + "", "a", "b"), "no key (expected:");
  }

  @Test
  void saysThatASecretsFileIsEmptyOrNotThere() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    assertRefused(
        1,
        Command.start(NONE, "publish", "http://127.0.0.1:1", "a", "b", "--key-file=" + empty),
        "--key-file: " + empty + " is empty");
    assertRefused(
        1,
        Command.start(NONE, "subscribe", "ws://127.0.0.1:1", "a", "--token-file=/nowhere"),
        "--token-file: there is no file /nowhere");
  }

  private static void assertRefused(int code, Command command, String... told) {
    try (command) {
      assertThat(command.exitCode()).as(command.err()).isEqualTo(code);
      assertThat(command.err()).contains(told).doesNotContain("canary-", "\tat ");
    }
  }
}
