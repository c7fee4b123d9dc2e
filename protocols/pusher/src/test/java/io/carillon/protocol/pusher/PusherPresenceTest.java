package io.carillon.protocol.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.message.Draft;
import io.carillon.message.Payload;
import io.carillon.presence.Occupancy;
import io.carillon.testkit.OtherNodes;
import io.carillon.view.Member;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PusherPresenceTest {

  private static final String ROOM = "presence-room";
  private static final String ADA = "{\"user_id\":\"ada\",\"user_info\":{\"name\":\"Ada\"}}";
  private static final String BOB = "{\"user_id\":\"bob\"}";

  private final PusherWorld world = new PusherWorld();

  private static String succeeded(String channel, String presence) {
    return "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"%s\",\"data\":%s}"
        .formatted(channel, JsonFields.quote("{\"presence\":" + presence + "}"));
  }

  private static String added(String data) {
    return "{\"event\":\"pusher_internal:member_added\",\"channel\":\"%s\",\"data\":%s}"
        .formatted(ROOM, JsonFields.quote(data));
  }

  private static String removed(String id) {
    return "{\"event\":\"pusher_internal:member_removed\",\"channel\":\"%s\",\"data\":%s}"
        .formatted(ROOM, JsonFields.quote("{\"user_id\":\"" + id + "\"}"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void tellsWhoIsThereAndWhoComesAndGoes(int shardOfBob) {
    PusherWorld.Client ada = world.client(0).join(ROOM, ADA);
    PusherWorld.Client bob = world.client(shardOfBob).join(ROOM, BOB);
    bob.disconnect();

    assertThat(ada.heard())
        .containsExactly(
            succeeded(
                ROOM, "{\"count\":1,\"ids\":[\"ada\"],\"hash\":{\"ada\":{\"name\":\"Ada\"}}}"),
            added("{\"user_id\":\"bob\"}"),
            removed("bob"));
    assertThat(bob.heard())
        .containsExactly(
            succeeded(
                ROOM,
                "{\"count\":2,\"ids\":[\"ada\",\"bob\"],\"hash\":{\"ada\":{\"name\":\"Ada\"},\"bob\":null}}"));
  }

  @Test
  void tellsOnlyOfAUsersFirstConnectionAndOfItsLast() {
    PusherWorld.Client ada = world.client(0).join(ROOM, ADA);
    PusherWorld.Client first = world.client(1).join(ROOM, BOB);
    PusherWorld.Client second = world.client(0).join(ROOM, BOB);
    first.disconnect();
    assertThat(ada.heard()).hasSize(2);
    assertThat(second.heard()).singleElement().asString().contains("\\\"count\\\":2");

    second.send("{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"" + ROOM + "\"}}");
    assertThat(ada.heard()).containsExactly(removed("bob"));
    assertThat(second.heard()).isEmpty();
  }

  @Test
  void takesNumbersAsIds() {
    PusherWorld.Client ten =
        world.client(0).join(ROOM, "{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Channels\"}}");

    assertThat(ten.heard())
        .containsExactly(
            succeeded(
                ROOM,
                "{\"count\":1,\"ids\":[\"10\"],\"hash\":{\"10\":{\"name\":\"Mr. Channels\"}}}"));
  }

  @Test
  void tellsMembersOfCacheChannelsToo() {
    PusherWorld.Client ada = world.client(0).join("presence-cache-room", ADA);
    world.client(1).join("presence-cache-room", BOB);

    assertThat(ada.heard())
        .hasSize(3)
        .anyMatch(text -> text.contains("member_added"))
        .anyMatch(text -> text.contains("pusher:cache_miss"));
  }

  @Test
  void needsSomebodyToBe() {
    PusherWorld.Client nobody = world.client(0).subscribe(ROOM);

    assertThat(nobody.heard())
        .singleElement()
        .asString()
        .contains("subscription_error", "\"status\":401");
    assertThat(nobody.connection.closed()).isEmpty();
  }

  @Test
  void whoHasSignedInNeedsNoChannelData() {
    PusherWorld.Client ada =
        world.client(0).signIn("{\"id\":\"ada\",\"user_info\":{\"name\":\"Ada\"}}");
    ada.heard();
    ada.subscribe(ROOM);

    assertThat(ada.heard())
        .containsExactly(
            succeeded(
                ROOM, "{\"count\":1,\"ids\":[\"ada\"],\"hash\":{\"ada\":{\"name\":\"Ada\"}}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "x",
        "{}",
        "{\"user_id\":\"\"}",
        "{\"user_id\":null}",
        "{\"user_id\":1.5}",
        "{\"user_id\":[]}",
        "{\"user_id\":\"a\",\"user_id\":\"b\"}"
      })
  void refusesChannelDataThatNamesNobody(String data) {
    PusherWorld.Client client = world.client(0).join(ROOM, data);

    assertThat(client.heard())
        .singleElement()
        .asString()
        .contains("subscription_error", "\"status\":400");
  }

  @Test
  void boundsIdsAndInfos() {
    PusherWorld.Client client = world.client(0);
    client.join(ROOM, "{\"user_id\":\"" + "x".repeat(129) + "\"}");
    assertThat(client.heard()).singleElement().asString().contains("at most 128 characters");
    client.join(ROOM, "{\"user_id\":\"a\",\"user_info\":\"" + "x".repeat(1023) + "\"}");
    assertThat(client.heard()).singleElement().asString().contains("at most 1024 bytes");
    client.join(ROOM, "{\"user_id\":\"a\",\"user_info\":\"" + "x".repeat(1022) + "\"}");
    assertThat(client.heard()).singleElement().asString().contains("subscription_succeeded");
  }

  @Test
  void boundsTheMembersAndNotTheirConnections() {
    PusherWorld small = new PusherWorld(PusherWorld.APP.with(Limits.maxPresenceMembers(1)));
    PusherWorld.Client ada = small.client(0).join(ROOM, ADA);
    PusherWorld.Client bob = small.client(1).join(ROOM, BOB);
    PusherWorld.Client again = small.client(1).join(ROOM, ADA);

    assertThat(bob.heard())
        .singleElement()
        .asString()
        .contains("\"type\":\"LimitReached\"", "\"status\":403");
    assertThat(again.heard()).singleElement().asString().contains("subscription_succeeded");
    ada.disconnect();
    again.disconnect();
    bob.join(ROOM, BOB);
    assertThat(bob.heard()).singleElement().asString().contains("subscription_succeeded");
  }

  /** A client that joins a full channel gets no place, and can ask for one again. */
  @Test
  void readsAClientMoreSlowlyThatAsksForAFullChannelAllTheTime() {
    PusherWorld small = new PusherWorld(PusherWorld.APP.with(Limits.maxPresenceMembers(1)));
    small.client(0).join(ROOM, ADA);
    PusherWorld.Client bob = small.client(1);
    for (int i = 0; i < 101; i++) {
      bob.join(ROOM, BOB);
      assertThat(bob.connection.isPaused()).isFalse();
    }
    for (int i = 0; i < 3; i++) {
      bob.join(ROOM, BOB);
      assertThat(bob.connection.isPaused()).isTrue();
      small.clock.advance(Duration.ofMillis(10));
      small.settle();
      assertThat(bob.connection.isPaused()).isFalse();
    }
    assertThat(bob.heard()).hasSize(104).allMatch(text -> text.contains("LimitReached"));
  }

  /**
   * A member that greets a newcomer as soon as it is told of it must be heard by the newcomer,
   * however slow the newcomer's loop is.
   */
  @Test
  void aNewcomerHearsWhatOthersSayOnHearingOfIt() {
    String room = roomAtHomeOn(1);
    PusherWorld.Client ada = world.client(1).join(room, ADA);
    PusherWorld.Client bob = world.client(0);
    ada.heard();
    bob.session.onText(bob.subscribing(room, BOB));
    while (ada.connection.texts().isEmpty()) {
      if (!world.loops.runNext(1) && !world.loops.runNext(0)) {
        assertThat(world.broker.answerAll()).isTrue();
      }
    }
    ada.session.onText("{\"event\":\"client-hello\",\"channel\":\"" + room + "\",\"data\":1}");
    assertThat(world.loops.runNext(1)).isTrue();
    assertThat(world.broker.answerAll()).isTrue();
    world.settle();

    assertThat(bob.heard())
        .hasSize(2)
        .last()
        .isEqualTo(
            "{\"event\":\"client-hello\",\"channel\":\"%s\",\"data\":1,\"user_id\":\"ada\"}"
                .formatted(room));
  }

  /** A drain that was posted before the answer to the join has the greeting in it. */
  @Test
  void aNewcomerIsGreetedAlsoWhenItsLoopIsBusyWithOtherChannels() {
    String room = roomAtHomeOn(1);
    PusherWorld.Client ada = world.client(1).join(room, ADA);
    PusherWorld.Client bob = world.client(0).subscribe("other");
    // The channel is routed to Bob's shard already, so that only the join is left to do.
    PusherWorld.Client eve = world.client(0).join(room, "{\"user_id\":\"eve\"}");
    ada.heard();
    bob.heard();
    bob.session.onText(bob.subscribing(room, BOB));
    world.hub.publish(
        new Draft(new Channel("3", "other"), "e", Payload.text("x"), ""), outcome -> {});
    assertThat(world.broker.answerAll()).isTrue();
    while (ada.connection.texts().isEmpty()) {
      assertThat(world.loops.runNext(1) || world.loops.runNext(0)).isTrue();
    }
    ada.session.onText("{\"event\":\"client-hello\",\"channel\":\"" + room + "\",\"data\":1}");
    while (world.loops.runNext(1)) {}
    assertThat(world.broker.answerAll()).isTrue();
    world.settle();

    assertThat(bob.heard()).anyMatch(text -> text.contains("client-hello"));
    assertThat(eve.heard()).anyMatch(text -> text.contains("client-hello"));
  }

  /** Each member of the list must hear messages to the channel. */
  @Test
  void nobodyIsListedWhoIsNotThereYet() {
    String room = roomAtHomeOn(1);
    PusherWorld.Client eve = world.client(0).join(room, "{\"user_id\":\"eve\"}");
    world.client(0).subscribe("other");
    PusherWorld.Client ada = world.client(0);
    PusherWorld.Client bob = world.client(1);
    ada.session.onText(ada.subscribing(room, ADA));
    world.hub.publish(
        new Draft(new Channel("3", "other"), "e", Payload.text("x"), ""), outcome -> {});
    assertThat(world.broker.answerAll()).isTrue();
    while (world.loops.runNext(1)) {} // Ada has a place; her loop has something else to do first.
    bob.session.onText(bob.subscribing(room, BOB));
    while (world.loops.runNext(1)) {}
    String list = bob.connection.texts().getFirst();
    bob.session.onText("{\"event\":\"client-hello\",\"channel\":\"" + room + "\",\"data\":1}");
    while (world.loops.runNext(1)) {}
    assertThat(world.broker.answerAll()).isTrue();
    world.settle();

    assertThat(list).contains("subscription_succeeded", "eve", "bob").doesNotContain("ada");
    assertThat(eve.heard()).anyMatch(text -> text.contains("client-hello"));
    assertThat(bob.heard())
        .filteredOn(text -> text.contains("member_added"))
        .singleElement()
        .asString()
        .contains("ada");
  }

  /** Pusher shows one entry for a user; it is that of the connection that came last. */
  @Test
  void aUserIsShownAsItsNewestConnectionHasToldItAndOthersHearNoEvent() {
    PusherWorld.Client phone =
        world.client(0).join(ROOM, "{\"user_id\":\"ada\",\"user_info\":\"phone\"}");
    PusherWorld.Client desk =
        world.client(1).join(ROOM, "{\"user_id\":\"ada\",\"user_info\":\"desk\"}");
    assertThat(phone.heard()).hasSize(1).first().asString().contains("phone");
    phone.disconnect();
    PusherWorld.Client bob = world.client(1).join(ROOM, BOB);

    assertThat(desk.heard()).hasSize(2).first().asString().contains("desk").doesNotContain("phone");
    assertThat(bob.heard()).first().asString().contains("desk").doesNotContain("phone");
  }

  private String roomAtHomeOn(int loop) {
    return IntStream.range(0, 100)
        .mapToObj(i -> "presence-" + i)
        .filter(room -> world.hub.home(new Channel("3", room)) == loop)
        .findFirst()
        .orElseThrow();
  }

  /** At whichever step the client leaves, its place is given back. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPlaceThatIsNotWantedAnyMoreIsGivenBack(boolean disconnects) {
    for (int steps = 0; steps < 20; steps++) {
      PusherWorld.Client bob = world.client(steps % 2);
      bob.session.onText(bob.subscribing(ROOM, BOB));
      for (int step = 0; step < steps; step++) {
        if (!world.loops.runNext(0) && !world.loops.runNext(1)) {
          world.broker.answerAll();
        }
      }
      if (disconnects) {
        bob.disconnect();
      } else {
        bob.send("{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"" + ROOM + "\"}}");
      }

      assertThat(occupancy(ROOM)).as("after %s steps", steps).isEqualTo(Occupancy.NONE);
    }
  }

  private Occupancy occupancy(String channel) {
    var answer = world.presence.occupancy(new Channel("3", channel)).toCompletableFuture();
    world.settle();
    return answer.join();
  }

  @Test
  void tellsBackendsWhoIsWhere() {
    PusherWorld.Client ada = world.client(0).join(ROOM, ADA).subscribe("news");
    PusherWorld.Client bob = world.client(1).join(ROOM, BOB).subscribe("news");
    world.client(1).join(ROOM, BOB);
    var all = world.presence.occupied("3", "").toCompletableFuture();
    var some = world.presence.occupied("3", "presence-").toCompletableFuture();
    var members = world.presence.members(new Channel("3", ROOM)).toCompletableFuture();
    world.settle();

    assertThat(all.join())
        .containsOnlyKeys(new Channel("3", ROOM), new Channel("3", "news"))
        .containsEntry(new Channel("3", ROOM), new Occupancy(3, 2));
    assertThat(some.join()).containsOnlyKeys(new Channel("3", ROOM));
    assertThat(members.join()).containsExactly("ada", "bob");
    ada.disconnect();
    bob.disconnect();
    assertThat(occupancy("news")).isEqualTo(Occupancy.NONE);
  }

  @Test
  void tellsWhoComesToAnotherNodeAndWhoGoesFromThere() {
    PusherWorld.Client ada = world.client(0).join(ROOM, ADA);
    ada.heard();
    Channel room = new Channel(PusherWorld.APP.id(), ROOM);
    OtherNodes.Node other = world.others.node("other");
    other.join(room, new Member("bob", ""));
    world.settle();
    assertThat(ada.heard()).containsExactly(added("{\"user_id\":\"bob\"}"));

    PusherWorld.Client bob = world.client(1).join(ROOM, BOB);
    bob.disconnect();
    assertThat(ada.heard()).as("the other node still has a connection").isEmpty();

    other.die();
    world.settle();
    assertThat(ada.heard()).containsExactly(removed("bob"));
  }
}
