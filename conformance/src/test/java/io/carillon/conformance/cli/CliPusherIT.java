package io.carillon.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Command;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.pusher.PusherApp;
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
import org.junit.jupiter.params.provider.ValueSource;

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
        .atMost(Patience.LIMIT)
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
  @ValueSource(strings = {"private-orders", "presence-room"})
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
    Map<String, String> wrong = Map.of("CARILLON_APP_SECRET", "canary-wrong");
    assertRefused(subscribe(wrong, "private-orders"), "private-orders", "The signature is not");
    assertRefused(
        Command.start(NONE, "subscribe", node.url() + "/app/other", "news"),
        "4001",
        "check the key");
  }

  @Test
  void tellsAWrongIdAndAWrongSecretFromMissingOnes() {
    String id = "--app-id=" + PusherApp.ID;
    Map<String, String> wrong = Map.of("CARILLON_APP_SECRET", "canary-wrong");
    assertRefused(publish(wrong, id, appUrl()), "401", "the secret is not that of this app");
    assertRefused(publish(SECRET, "--app-id=9", appUrl()), "401", "no app with this id");
  }

  private static Command publish(Map<String, String> environment, String... words) {
    List<String> all = new ArrayList<>(List.of("publish"));
    all.addAll(List.of(words));
    all.addAll(List.of("news", "headline", "{}"));
    return Command.start(environment, all.toArray(String[]::new));
  }

  @Test
  void tellsAWrongKeyOfTopicsFromNone() {
    assertRefused(
        Command.start(
            Map.of("CARILLON_PUBLISH_KEY", "canary-wrong-canary"),
            "publish",
            node.url().toString(),
            "a",
            "b"),
        "401 The key is wrong: it is none of this node's topics.publish_keys");
  }

  private static void assertRefused(Command command, String... told) {
    try (command) {
      assertThat(command.exitCode()).as(command.err()).isEqualTo(1);
      assertThat(command.err()).contains(told).doesNotContain("canary-", "\tat ");
    }
  }
}
