package io.carillon.protocol.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.BrokerState;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.hub.Disconnect;
import io.carillon.hub.HubConfig;
import io.carillon.protocol.topics.TopicsWorld.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The greeting, the waiting and the failures of a topics client; {@link ExchangesTest} has the
 * rest.
 */
class TopicsSessionTest {

  private static final String FAILED = "System: Server initialization failed for this connection.";

  private final TopicsWorld world = new TopicsWorld();

  @Test
  void greetsInOrderAndSaysSubscribedOnlyWhenItIs() {
    Client ada = world.connect(0, "/?name=Ada");
    world.run();
    assertThat(ada.heard()).containsExactly("Welcome, Ada!");
    world.settle();
    assertThat(ada.heard())
        .containsExactly(
            "System: Subscribed to \"lobby\".",
            "System: Send JSON messages to subscribe, unsubscribe, publish, or list"
                + " subscriptions.");
  }

  @ParameterizedTest
  @CsvSource({
    "/?name=Ada,          Ada",
    "/chat?name=Ada,      Ada",
    "/?name=Ada&name=Bob, Ada",
    "/?name=,             Anonymous",
    "/?name=&name=Bob,    Anonymous",
    "/,                   Anonymous",
    "/?name=%20Ada%20,    ' Ada '",
    "/?name=%20,          ' '",
    "/?name=%F0%9F%94%94, 🔔"
  })
  void takesTheNameAsItIs(String target, String name) {
    Client client = world.connect(0, target);
    assertThat(client.heard()).containsExactly("Welcome, " + name + "!");
  }

  /** JSON can escape half an emoji, which UTF-8 can't encode. */
  @ParameterizedTest
  @ValueSource(strings = {"subscribe", "unsubscribe", "publish"})
  void refusesATopicWithALoneSurrogate(String action) {
    Client ada = world.greeted(0, "Ada");
    ada.send("{\"action\":\"%s\",\"topic\":\"a\\ud83d\",\"message\":\"hi\"}".formatted(action));
    world.settle();

    assertThat(ada.heard())
        .containsExactly("System: Topic names are valid Unicode; this one has half a character.");
    ada.send("{\"action\":\"list\"}");
    assertThat(ada.heard()).containsExactly("System: Current subscriptions: lobby");
  }

  @Test
  void readsOnBehindAnyNumberOfUnsubscribes() {
    Client ada = world.greeted(0, "Ada");
    for (int i = 0; i < 900; i++) {
      ada.send("{\"action\":\"unsubscribe\",\"topic\":\"t" + i + "\"}");
    }
    ada.send("{\"action\":\"unsubscribe\",\"topic\":\"lobby\"}", "{\"action\":\"list\"}");

    assertThat(ada.unread()).isZero();
    assertThat(ada.heard()).endsWith("System: No active subscriptions.").hasSize(902);
  }

  @Test
  void putsTheReplacementCharacterForALoneSurrogateInAMessage() {
    Client ada = world.greeted(0, "Ada");
    ada.send("{\"action\":\"publish\",\"topic\":\"lobby\",\"message\":\"half \\ud83d\"}");
    world.settle();

    assertThat(ada.heard()).containsExactly("[lobby] Ada: half \uFFFD");
  }

  @Test
  void keepsWhatIsSentBeforeTheGreetingHasEnded() {
    Client ada = world.connect(0, "/?name=Ada");
    ada.send("early", "{\"action\":\"list\"}");
    world.run();
    assertThat(ada.unread()).isEqualTo(2);
    world.settle();
    assertThat(ada.heard())
        .endsWith("[lobby] Ada: early", "System: Current subscriptions: lobby")
        .hasSize(5);
  }

  @Test
  void closesAClientThatCannotJoinTheDefaultTopic() {
    Client ada = world.connect(0, "/?name=Ada");
    world.run();
    world.broker.nextOperation().fail();
    world.run();
    assertThat(ada.heard()).containsExactly("Welcome, Ada!", FAILED);
    assertThat(ada.connection.closed()).contains(Disconnect.INTERNAL_ERROR);
  }

  @Test
  void closesAClientThatComesWhileTheBusIsAway() {
    world.broker.become(BrokerState.DOWN);
    Client ada = world.connect(0, "/?name=Ada");
    assertThat(ada.heard()).containsExactly("Welcome, Ada!", FAILED);
    assertThat(ada.connection.closed()).contains(Disconnect.INTERNAL_ERROR);
  }

  @Test
  void reachesEverySubscriberAndNobodyElse() {
    Client ada = world.greeted(0, "Ada");
    Client bob = world.greeted(0, "Bob");
    Client eve = world.greeted(1, "Eve");
    bob.send("{\"action\":\"unsubscribe\",\"topic\":\"lobby\"}");
    ada.send("hello");
    world.settle();
    assertThat(ada.heard()).containsExactly("[lobby] Ada: hello");
    assertThat(bob.heard()).containsExactly("System: Unsubscribed from \"lobby\".");
    assertThat(eve.heard()).containsExactly("[lobby] Ada: hello");
  }

  @Test
  void saysThatTheBusIsUnavailableWhenAPublishIsRefused() {
    Client ada = world.greeted(0, "Ada");
    ada.send("hello");
    world.run();
    world.broker.answerPublish(new PublishOutcome.Refused(Refusal.UNAVAILABLE, "away"));
    world.run();
    assertThat(ada.heard()).containsExactly("System: Message bus is unavailable.");
    assertThat(world.hub.stats().refused()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void saysWhyTheBusDidNotTakeAPublish(Refusal kind) {
    Client ada = world.greeted(0, "Ada");
    ada.send("hello");
    world.run();
    world.broker.answerPublish(new PublishOutcome.Refused(kind, "no"));
    world.run();
    assertThat(ada.heard())
        .containsExactly(
            kind == Refusal.TOO_LARGE
                ? "System: The message is too large for the message bus."
                : "System: Message bus is unavailable.");
  }

  @Test
  void saysThatItCouldNotProcessAPublishWhoseEndIsUnknown() {
    Client ada = world.greeted(0, "Ada");
    ada.send("hello");
    world.run();
    world.broker.answerPublish(new PublishOutcome.Unknown("no answer"));
    world.run();
    assertThat(ada.heard()).containsExactly("System: Unable to process that message right now.");
    assertThat(world.hub.stats().unknown()).isEqualTo(1);
  }

  @Test
  void saysThatASubscribeFailedAndGoesOn() {
    Client ada = world.greeted(0, "Ada");
    ada.send(subscribe("sports"), "hello");
    world.run();
    world.broker.nextOperation().fail();
    world.settle();
    assertThat(ada.heard())
        .containsExactly(
            "System: Unable to subscribe to \"sports\" right now.", "[lobby] Ada: hello");
    assertThat(world.hub.stats().failedSubscribes()).isEqualTo(1);
    assertThat(world.hub.stats().accepted()).isEqualTo(1);
    assertThat(ada.connection.closed()).isEmpty();
  }

  @Test
  void saysThatASubscribeTookTooLong() {
    Client ada = world.greeted(0, "Ada");
    ada.send(subscribe("sports"));
    world.run();
    world.clock.advance(HubConfig.DEFAULTS.subscribeTimeout());
    world.run();
    assertThat(ada.heard()).containsExactly("System: Unable to subscribe to \"sports\" right now.");
  }

  @Test
  void saysAtOnceThatItCannotSubscribeWhileTheBusIsAway() {
    Client ada = world.greeted(0, "Ada");
    world.broker.become(BrokerState.DOWN);
    ada.send(subscribe("sports"), subscribe("lobby"));
    assertThat(ada.heard())
        .containsExactly(
            "System: Unable to subscribe to \"sports\" right now.",
            "System: Already subscribed to \"lobby\".");
  }

  @Test
  void readsNothingBehindASubscribeUntilItIsAnswered() {
    Client ada = world.greeted(0, "Ada");
    ada.send(subscribe("sports"), "{\"action\":\"list\"}");
    world.run();
    assertThat(ada.unread()).isEqualTo(1);
    world.settle();
    assertThat(ada.unread()).isZero();
  }

  @Test
  void pausesAt256UnansweredPublishesAndResumesBelow() {
    Client ada = world.greeted(0, "Ada");
    ada.send(numbers(300));
    world.run();
    assertThat(ada.unread()).isEqualTo(300 - 256);
    assertThat(world.broker.waitingPublishes()).isEqualTo(256);
    world.broker.answerPublish(PublishOutcome.ACCEPTED);
    world.run();
    assertThat(ada.unread()).isEqualTo(300 - 257);
    assertThat(world.broker.waitingPublishes()).isEqualTo(256);
    world.settle();
    assertThat(ada.connection.isPaused()).isFalse();
    assertThat(ada.heard()).hasSize(300).startsWith("[lobby] Ada: 0").endsWith("[lobby] Ada: 299");
  }

  @Test
  void pausesAtOneMebibyteOfUnansweredPublishes() {
    Client ada = world.greeted(0, "Ada");
    String quarter = "x".repeat(1 << 18);
    ada.send(quarter, quarter, quarter, quarter.substring(1), "y", quarter);
    world.run();
    assertThat(ada.unread()).isEqualTo(1);
    world.broker.answerPublish(PublishOutcome.ACCEPTED);
    world.run();
    assertThat(ada.unread()).isZero();
    assertThat(ada.connection.isPaused()).as("three quarters, one byte, one quarter").isTrue();
    world.settle();
    assertThat(ada.connection.isPaused()).isFalse();
    assertThat(ada.heard()).hasSize(6);
  }

  @Test
  void answersAListOnlyAfterThePublishesBeforeIt() {
    Client ada = world.greeted(0, "Ada");
    ada.send("one", "two", "{\"action\":\"list\"}", "three");
    world.run();
    world.broker.answerPublish(PublishOutcome.ACCEPTED);
    world.run();
    assertThat(ada.heard()).containsExactly("[lobby] Ada: one");
    assertThat(ada.unread()).isEqualTo(1);
    world.settle();
    assertThat(ada.heard())
        .containsExactly(
            "[lobby] Ada: two", "System: Current subscriptions: lobby", "[lobby] Ada: three");
  }

  @Test
  void takesTopicsOfUpTo512Bytes() {
    Client ada = world.greeted(0, "Ada");
    for (String topic : List.of("x".repeat(300), "x".repeat(512), "é".repeat(256))) {
      ada.send(subscribe(topic), publish(topic));
      world.settle();
      assertThat(ada.heard())
          .containsExactly("System: Subscribed to \"" + topic + "\".", "[" + topic + "] Ada: hi");
    }
    for (String topic : List.of("x".repeat(513), "é".repeat(257), "x".repeat(100_000))) {
      ada.send(subscribe(topic));
      world.settle();
      assertThat(ada.heard()).containsExactly("System: Topic names may have at most 512 bytes.");
    }
    assertThat(world.broker.routed()).hasSize(4);
  }

  @Test
  void saysThatThereAreTooManySubscriptions() {
    Client ada = world.greeted(0, "Ada");
    for (int i = 1; i < TopicsWorld.MAX_SUBSCRIPTIONS; i++) {
      ada.send(subscribe("t" + i));
    }
    world.settle();
    ada.heard();
    ada.send(subscribe("more"), subscribe("t1"));
    ada.send("{\"action\":\"unsubscribe\",\"topic\":\"t1\"}", subscribe("more"));
    world.settle();
    assertThat(ada.heard())
        .containsExactly(
            "System: Too many subscriptions; unsubscribe from a topic first.",
            "System: Already subscribed to \"t1\".",
            "System: Unsubscribed from \"t1\".",
            "System: Subscribed to \"more\".");
    assertThat(world.hub.stats().tooManySubscriptions()).isEqualTo(1);
  }

  @Test
  void leavesNothingBehindWhenItsConnectionEnds() {
    Client ada = world.greeted(0, "Ada");
    ada.send("unanswered", subscribe("sports"));
    ada.session.onClosed();
    world.settle();
    world.clock.advance(HubConfig.DEFAULTS.unbindLinger());
    world.settle();
    assertThat(world.broker.routed()).isEmpty();
    assertThat(world.hub.shards()).allSatisfy(shard -> assertThat(shard.snapshot()).isEmpty());
  }

  @Test
  void asksItsClientToReconnectWhenTheNodeGoesDown() {
    assertThat(world.greeted(0, "Ada").session.onShutdown())
        .isCompletedWithValue(Disconnect.RESTART);
  }

  @Test
  void staysUntilItsClientKnowsWhatBecameOfEveryPublish() {
    Client ada = world.greeted(0, "Ada");
    ada.send(publish("lobby"), subscribe("sports"));

    CompletionStage<Disconnect> gone = ada.session.onShutdown();
    assertThat(gone).isNotCompleted();

    world.settle();
    assertThat(gone).isCompletedWithValue(Disconnect.RESTART);
    assertThat(ada.heard()).containsExactly("[lobby] Ada: hi");
  }

  private static String subscribe(String topic) {
    return "{\"action\":\"subscribe\",\"topic\":\"" + topic + "\"}";
  }

  private static String publish(String topic) {
    return "{\"action\":\"publish\",\"topic\":\"" + topic + "\",\"message\":\"hi\"}";
  }

  private static String[] numbers(int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add("{\"action\":\"publish\",\"topic\":\"lobby\",\"message\":\"" + i + "\"}");
    }
    return texts.toArray(String[]::new);
  }
}
