package io.carillon.protocol.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.hub.Remembered;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import io.carillon.message.Payload;
import io.carillon.testkit.MapOfPublications;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheChannelsTest {

  private final PusherWorld world = new PusherWorld();

  private static String event(String channel, String data) {
    return "{\"event\":\"e\",\"channel\":\"%s\",\"data\":\"%s\"}".formatted(channel, data);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cache-a", "private-cache-a", "private-encrypted-cache-a"})
  void givesTheLastEventToWhoComes(String channel) {
    PusherWorld.Client early = world.client(0).subscribe(channel);
    world.publish(channel, "e", "1");
    world.publish(channel, "e", "2");
    PusherWorld.Client late = world.client(1).subscribe(channel);
    world.publish(channel, "e", "3");

    assertThat(early.heard().stream().skip(1))
        .containsExactly(
            "{\"event\":\"pusher:cache_miss\",\"channel\":\"" + channel + "\"}",
            event(channel, "1"),
            event(channel, "2"),
            event(channel, "3"));
    assertThat(late.heard().stream().skip(1))
        .containsExactly(event(channel, "2"), event(channel, "3"));
  }

  @Test
  void remembersWhatThisNodeHasPublishedThoughNobodyWasThere() {
    world.publish("cache-a", "e", "1");

    assertThat(world.client(0).subscribe("cache-a").heard())
        .hasSize(2)
        .last()
        .isEqualTo(event("cache-a", "1"));
  }

  @Test
  void remembersNothingThatWasNotAccepted() {
    world.hub.publish(
        new Draft(new Channel("3", "cache-a"), "e", Payload.text("1"), ""), outcome -> {});
    world.broker.answerPublish(new PublishOutcome.Refused(Refusal.UNAVAILABLE, "away"));

    assertThat(world.client(0).subscribe("cache-a").heard())
        .last()
        .asString()
        .contains("cache_miss");
  }

  /**
   * A broker's confirm may overtake the delivery, because RabbitMQ sends the two on two
   * connections.
   */
  @Test
  void whatIsConfirmedBeforeItComesBackIsNotToldTwice() {
    PusherWorld.Client early = world.client(0).subscribe("cache-a");
    world.hub.publish(
        new Draft(new Channel("3", "cache-a"), "e", Payload.text("1"), ""), outcome -> {});
    Runnable delivery = world.broker.confirmAndDeliverLater();
    PusherWorld.Client late = world.client(0).subscribe("cache-a");
    delivery.run();
    world.settle();

    assertThat(early.heard()).last().isEqualTo(event("cache-a", "1"));
    assertThat(late.heard().stream().skip(1))
        .containsExactly(
            "{\"event\":\"pusher:cache_miss\",\"channel\":\"cache-a\"}", event("cache-a", "1"));
  }

  /** The event was published before the channel had a subscriber, and so before it was routed. */
  private PusherWorld.Client clientBehindAnEventThatIsUnderWay() {
    world.hub.publish(
        new Draft(new Channel("3", "cache-a"), "e", Payload.text("1"), ""), outcome -> {});
    PusherWorld.Client client = world.client(0);
    client.session.onText(client.subscribing("cache-a", null));
    world.loops.runAll();
    world.broker.nextOperation().succeed();
    return client;
  }

  @Test
  void whoComesBeforeTheConfirmHearsWhatIsNotRoutedToIt() {
    PusherWorld.Client client = clientBehindAnEventThatIsUnderWay();
    world.loops.runAll();
    var _ = world.broker.confirmAndDeliverLater();
    world.settle();

    assertThat(client.heard().stream().skip(1))
        .containsExactly(
            "{\"event\":\"pusher:cache_miss\",\"channel\":\"cache-a\"}", event("cache-a", "1"));
  }

  @Test
  void whatIsConfirmedAndThenComesIsToldOnce() {
    PusherWorld.Client client = clientBehindAnEventThatIsUnderWay();
    Runnable delivery = world.broker.confirmAndDeliverLater();
    world.loops.runAll();
    delivery.run();
    world.settle();
    world.publish("cache-a", "e", "2");

    assertThat(client.heard().stream().skip(1))
        .containsExactly(event("cache-a", "1"), event("cache-a", "2"));
  }

  /** The thread of the bus may be delayed at any step while a client subscribes. */
  @Test
  void whoComesWhileAnEventIsHandedOutHearsItOnce() {
    List<Runnable> meanwhile = new ArrayList<>();
    PusherWorld held =
        new PusherWorld(
            PusherWorld.APP,
            new MapOfPublications(PusherProtocol::remembers, PusherProtocol::isRemembered) {
              @Override
              public void change(Channel channel, UnaryOperator<Optional<Remembered>> change) {
                runNext();
                super.change(channel, change);
                runNext();
              }

              private void runNext() {
                if (!meanwhile.isEmpty()) {
                  meanwhile.removeFirst().run();
                }
              }
            });
    held.client(0).subscribe("cache-a");
    PusherWorld.Client before = held.client(1);
    PusherWorld.Client after = held.client(1);
    meanwhile.add(() -> before.subscribe("cache-a"));
    meanwhile.add(() -> after.subscribe("cache-a"));
    held.publish("cache-a", "e", "1");

    assertThat(before.heard().stream().skip(1))
        .containsExactly(
            "{\"event\":\"pusher:cache_miss\",\"channel\":\"cache-a\"}", event("cache-a", "1"));
    assertThat(after.heard().stream().skip(1)).containsExactly(event("cache-a", "1"));
  }

  @Test
  void otherChannelsRememberNothing() {
    for (String channel : List.of("a", "private-a", "cache", "a-cache-b", "private-a-cache-")) {
      world.publish(channel, "e", "1");
      assertThat(world.client(0).subscribe(channel).heard()).as(channel).hasSize(1);
    }
  }

  /**
   * Whenever a client subscribes, it hears the last event before that and then each later event,
   * once and in order.
   */
  @ParameterizedTest
  @ValueSource(ints = {200})
  void losesAndDoublesNothingHoweverItComes(int scenes) {
    long seed = new Random().nextLong();
    System.out.println("CacheChannelsTest: seed " + seed);
    Random random = new Random(seed);
    for (int scene = 0; scene < scenes; scene++) {
      play(random);
    }
  }

  private static void play(Random random) {
    PusherWorld world = new PusherWorld();
    if (random.nextBoolean()) {
      world.client(random.nextInt(2)).subscribe("cache-a");
    }
    List<PusherWorld.Client> clients = new ArrayList<>();
    Queue<Runnable> onTheirWay = new ArrayDeque<>();
    int published = 0;
    for (int step = 0; step < 60; step++) {
      switch (random.nextInt(5)) {
        case 0 -> {
          String data = "" + published++;
          world.hub.publish(
              new Draft(new Channel("3", "cache-a"), "e", Payload.text(data), ""), outcome -> {});
        }
        case 1 -> {
          if (clients.size() < 6) {
            PusherWorld.Client client = world.client(random.nextInt(2));
            client.session.onText(client.subscribing("cache-a", null));
            clients.add(client);
          }
        }
        case 2 -> world.loops.runOne(random);
        case 3 -> {
          if (!onTheirWay.isEmpty()) {
            onTheirWay.remove().run();
          }
        }
        default -> {
          if (world.broker.waitingPublishes() > 0 && random.nextBoolean()) {
            onTheirWay.add(world.broker.confirmAndDeliverLater());
          } else if (world.broker.waitingOperations() > 0) {
            world.broker.nextOperation().succeed();
          }
        }
      }
    }
    onTheirWay.forEach(Runnable::run);
    world.settle();
    String last = "" + (published - 1);
    for (PusherWorld.Client client : clients) {
      List<Integer> heard = numbers(client.heard());
      for (int i = 1; i < heard.size(); i++) {
        assertThat(heard.get(i)).as("%s", heard).isEqualTo(heard.get(i - 1) + 1);
      }
      assertThat(published == 0 || heard.getLast().equals(Integer.valueOf(last)))
          .as("%s of %s", heard, published)
          .isTrue();
    }
  }

  private static List<Integer> numbers(List<String> texts) {
    return texts.stream()
        .filter(text -> text.startsWith("{\"event\":\"e\""))
        .map(text -> text.replaceAll(".*\"data\":\"(\\d+)\".*", "$1"))
        .map(Integer::valueOf)
        .toList();
  }
}
