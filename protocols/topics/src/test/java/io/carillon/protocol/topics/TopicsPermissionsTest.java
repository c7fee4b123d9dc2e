package io.carillon.protocol.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.protocol.topics.TopicsWorld.Client;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The answers to a client that may not do everything. */
class TopicsPermissionsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String HOW_TO =
      "System: Send JSON messages to subscribe, unsubscribe, publish, or list subscriptions.";

  private final TopicsWorld world = new TopicsWorld();

  @Test
  void greetsWhoMayNotJoinTheDefaultTopicAndSaysSo() {
    world.grant("Ann", HOUR, List.of("news.*"), List.of());
    Client ann = world.connect(0, "/?name=Ann");
    world.settle();
    assertThat(ann.heard())
        .containsExactly("Welcome, Ann!", "System: You may not subscribe to \"lobby\".", HOW_TO);
    assertThat(world.broker.routed()).isEmpty();
    assertThat(ann.connection.isPaused()).isFalse();
    ann.send("{\"action\":\"list\"}");
    assertThat(ann.heard()).containsExactly("System: No active subscriptions.");
  }

  @Test
  void subscribesToWhatIsPermittedAndToNothingElse() {
    world.grant("Ann", HOUR, List.of("news.*"), List.of());
    Client ann = world.greeted(0, "Ann");
    ann.send(command("subscribe", "news.a"), command("subscribe", "old"));
    world.settle();
    assertThat(ann.heard())
        .containsExactly(
            "System: Subscribed to \"news.a\".", "System: You may not subscribe to \"old\".");
    assertThat(world.broker.routed()).hasSize(1);
  }

  @Test
  void publishesWhereItIsPermittedAndNowhereElse() {
    world.grant("Ann", HOUR, List.of("*"), List.of("chat"));
    Client ann = world.greeted(0, "Ann");
    ann.send(command("subscribe", "chat"), command("publish", "chat"));
    ann.send("plain text", command("publish", "lobby"), command("publish", "else"));
    world.settle();
    assertThat(ann.heard())
        .containsExactlyInAnyOrder(
            "System: Subscribed to \"chat\".",
            "[chat] Ann: hi",
            "System: You may not publish to \"lobby\".",
            "System: You may not publish to \"lobby\".",
            "System: You may not publish to \"else\".");
  }

  @Test
  void publishesWithoutJoiningOnlyWhereItMayNotJoin() {
    world.grant("Ann", HOUR, List.of("both"), List.of("both", "out", "x*"));
    Client ann = world.greeted(0, "Ann");
    Client bob = world.greeted(1, "Bob");
    bob.send(command("subscribe", "out"));
    world.settle();
    bob.heard();
    ann.send(command("publish", "out"), command("publish", "both"));
    ann.send(command("publish", "x".repeat(513)));
    world.settle();
    assertThat(bob.heard()).containsExactly("[out] Ann: hi");
    assertThat(ann.heard())
        .containsExactly(
            "System: Subscribe to \"both\" before publishing to it.",
            "System: Topic names may have at most 512 bytes.");
  }

  /**
   * A match takes time in proportion to the length of the pattern times the length of the topic, on
   * the event loop.
   */
  @Test
  void looksAtATopicsLengthBeforeItLooksAtPatterns() {
    String hostile = "*a".repeat(1_000) + "b";
    world.grant("Ann", HOUR, List.of(hostile), List.of(hostile));
    Client ann = world.greeted(0, "Ann");
    ann.send(command("publish", "a".repeat(100_000)), command("subscribe", "a".repeat(100_000)));
    ann.send(command("publish", "é".repeat(257)), command("publish", "é".repeat(256)));
    world.settle();
    String tooLong = "System: Topic names may have at most 512 bytes.";
    assertThat(ann.heard())
        .containsExactly(
            tooLong,
            tooLong,
            tooLong,
            "System: You may not publish to \"" + "é".repeat(256) + "\".");
  }

  @Test
  void closesAClientWhoseTokenHasExpiredAtItsNextWordOrHeartbeat() {
    world.grant("Ann", HOUR, List.of("*"), List.of("*"));
    Client speaker = world.greeted(0, "Ann");
    Client listener = world.greeted(1, "Ann");
    world.clock.advance(HOUR.minusSeconds(1));
    listener.session.onBeat();
    speaker.send("still here");
    world.settle();
    assertThat(listener.heard()).containsExactly("[lobby] Ann: still here");
    assertThat(listener.connection.closed()).isEmpty();

    world.clock.advance(Duration.ofSeconds(1));
    listener.session.onBeat();
    speaker.send("too late");
    world.settle();
    assertThat(listener.connection.closed()).contains(TopicsSession.TOKEN_EXPIRED);
    assertThat(speaker.connection.closed()).contains(TopicsSession.TOKEN_EXPIRED);
    assertThat(listener.heard()).isEmpty();
  }

  private static String command(String action, String topic) {
    return "{\"action\":\"%s\",\"topic\":\"%s\",\"message\":\"hi\"}".formatted(action, topic);
  }
}
