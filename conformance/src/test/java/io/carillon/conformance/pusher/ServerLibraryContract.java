package io.carillon.conformance.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Json;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.pusher.Backend.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The use of any of Pusher's libraries for servers, through the balancer: each request goes to
 * another node than the one before.
 */
abstract class ServerLibraryContract {

  abstract PusherService service();

  abstract Backend backend();

  static String unique(String prefix) {
    return PusherService.unique(prefix);
  }

  /** Asks one node, about the channels of both. */
  final Backend onNode(int node) {
    return backend().at(service().balancer().door(node));
  }

  static void assertAccepted(Backend.Reply reply) {
    assertThat(reply).isEqualTo(new Backend.Reply(200, "{}"));
  }

  @Test
  void whatItPublishesIsHeardOnBothNodes() {
    String channel = unique("news");
    PusherJs ann = service().connect(1, "ann");
    PusherJs bob = service().connect(2, "bob");
    ann.subscribe(channel);
    bob.subscribe(channel);
    for (int number = 1; number <= 100; number++) {
      assertAccepted(backend().publish(channel, "news", Map.of("n", number)));
      ann.expect(channel, "news {\"n\":" + number + "}");
      bob.expect(channel, "news {\"n\":" + number + "}");
    }
  }

  @Test
  void textsComeAsTheyWereGiven() {
    String channel = unique("news");
    PusherJs ann = service().connect(1, "ann");
    ann.subscribe(channel);
    String text = "Grüße, \"Ann\" & 你好 \\ \n 👋 <b>";

    assertAccepted(backend().publish(channel, "news", Map.of("text", text)));
    ann.expect(channel, "news {\"text\":\"Grüße, \\\"Ann\\\" & 你好 \\\\ \\n 👋 <b>\"}");
  }

  @Test
  void oneEventReachesSeveralChannels() {
    String first = unique("news");
    String second = unique("private-news");
    PusherJs ann = service().connect(1, "ann");
    ann.subscribe(first);
    ann.subscribe(second);

    assertAccepted(backend().publish(List.of(first, second), "news", Map.of("n", 1)));
    ann.expect(first, "news {\"n\":1}");
    ann.expect(second, "news {\"n\":1}");
  }

  @Test
  void whoCausedAnEventIsLeftOut() {
    String channel = unique("news");
    PusherJs ann = service().connect(1, "ann");
    PusherJs bob = service().connect(2, "bob");
    ann.subscribe(channel);
    bob.subscribe(channel);

    for (int number = 1; number <= 2; number++) {
      Map<String, ?> data = Map.of("n", number);
      assertAccepted(backend().publishExcept(ann.socketId(), List.of(channel), "news", data));
      bob.expect(channel, "news {\"n\":" + number + "}");
    }
    assertAccepted(backend().publish(channel, "news", Map.of("n", 3)));
    bob.expect(channel, "news {\"n\":3}");
    ann.expect(channel, "news {\"n\":3}");
  }

  @Test
  void aBatchIsHeardInItsOrder() {
    String first = unique("news");
    String second = unique("private-encrypted-news");
    PusherJs ann = service().connect(1, "ann");
    ann.subscribe(first);
    ann.subscribe(second);

    assertAccepted(
        backend()
            .publishBatch(
                List.of(
                    new Event(first, "news", Map.of("n", 1)),
                    new Event(second, "news", Map.of("n", 2)),
                    new Event(first, "news", Map.of("n", 3)))));
    ann.expect(first, "news {\"n\":1}", "news {\"n\":3}");
    ann.expect(second, "news {\"n\":2}");
  }

  @Test
  void whatItEncryptsIsReadByWhoMay() {
    String channel = unique("private-encrypted-news");
    PusherJs ann = service().connect(1, "ann");
    PusherJs bob = service().connect(2, "bob");
    ann.subscribe(channel);
    bob.subscribe(channel);

    assertAccepted(backend().publish(channel, "news", Map.of("secret", "plan")));
    ann.expect(channel, "news {\"secret\":\"plan\"}");
    bob.expect(channel, "news {\"secret\":\"plan\"}");
  }

  @Test
  void whatItSendsToAUserComesToAllHisConnections() {
    String user = unique("ann");
    PusherJs phone = service().connect(1, user).signIn(user);
    PusherJs desk = service().connect(2, user).signIn(user);

    assertAccepted(backend().sendToUser(user, "mail", Map.of("n", 1)));
    phone.expect("user", "mail {\"n\":1}");
    desk.expect("user", "mail {\"n\":1}");
  }

  @Test
  void aWrongSecretIsAnError() {
    Backend guesser = backend().withSecret("a guess");
    assertThat(guesser.publish(unique("news"), "news", Map.of("n", 1)).status()).isEqualTo(401);
    assertThat(guesser.channels("news", "").status()).isEqualTo(401);
  }

  /** On one node. */
  @Test
  void itFindsChannelsAndTheirMembers() {
    String prefix = unique("presence-room") + "-";
    PusherJs ann = service().connect(1, "ann");
    PusherJs bob = service().connect(1, "bob");
    ann.subscribe(prefix + "a");
    bob.subscribe(prefix + "a");
    ann.subscribe(prefix + "b");

    assertThat(onNode(1).channels(prefix, "user_count").object())
        .isEqualTo(
            Map.of(
                "channels",
                Map.of(
                    prefix + "a", Map.of("user_count", 2L),
                    prefix + "b", Map.of("user_count", 1L))));
    assertThat(onNode(1).channel(prefix + "a", "user_count").object())
        .isEqualTo(Map.of("occupied", true, "user_count", 2L));
    assertThat(usersOf(onNode(1), prefix + "a")).containsExactlyInAnyOrder("ann", "bob");
  }

  /** On one node. */
  @Test
  void itCountsSubscribers() {
    String channel = unique("news");
    service().connect(1, "ann").subscribe(channel);
    service().connect(1, "bob").subscribe(channel);

    assertThat(onNode(1).channel(channel, "subscription_count").object())
        .isEqualTo(Map.of("occupied", true, "subscription_count", 2L));
    assertThat(onNode(1).channel(channel + "-empty", "").object())
        .isEqualTo(Map.of("occupied", false));
  }

  @Test
  void itIsToldWhatCannotBeAsked() {
    assertThat(backend().channel(unique("news"), "user_count").status()).isEqualTo(400);
    assertThat(backend().channels("news", "user_count").status()).isEqualTo(400);
    assertThat(backend().users(unique("news")).status()).isEqualTo(400);
  }

  private static List<String> usersOf(Backend backend, String channel) {
    Object users = Json.field(backend.users(channel).object(), "users");
    return ((List<?>) users).stream().map(user -> "" + ((Map<?, ?>) user).get("id")).toList();
  }

  // What nodes tell each other ------------------------------------------------------------------

  @Test
  void itListsMembersOfBothNodes() {
    String channel = unique("presence-room");
    service().connect(1, "ann").subscribe(channel);
    service().connect(2, "bob").subscribe(channel);

    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () -> assertThat(usersOf(onNode(1), channel)).containsExactlyInAnyOrder("ann", "bob"));
  }

  @Test
  void itFindsChannelsOfBothNodes() {
    String prefix = unique("news") + "-";
    service().connect(1, "ann").subscribe(prefix + "a");
    service().connect(2, "bob").subscribe(prefix + "b");

    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () ->
                assertThat(onNode(1).channels(prefix, "").object())
                    .isEqualTo(
                        Map.of(
                            "channels", Map.of(prefix + "a", Map.of(), prefix + "b", Map.of()))));
  }
}
