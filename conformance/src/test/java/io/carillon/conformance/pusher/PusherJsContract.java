package io.carillon.conformance.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.Patience;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What applications do with pusher-js, wherever it runs. Clients whose names are Ann and Bob are on
 * different nodes unless a test says otherwise.
 */
abstract class PusherJsContract {

  private static final String CACHE_MISS = "pusher:cache_miss";

  abstract PusherService service();

  abstract Driver driver();

  private PusherJs connect(int node, String user) {
    return service().connect(driver(), node, user);
  }

  private PusherJs ann() {
    return connect(1, "ann");
  }

  private PusherJs bob() {
    return connect(2, "bob");
  }

  private NodeBackend backend() {
    return service().backend();
  }

  private static String unique(String prefix) {
    return PusherService.unique(prefix + "room");
  }

  private void publish(String channel, int number) {
    assertThat(backend().publish(channel, "news", Map.of("n", number)))
        .isEqualTo(new Backend.Reply(200, "{}"));
  }

  private static String news(int number) {
    return "news {\"n\":" + number + "}";
  }

  // Channels ------------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "private-",
        "presence-",
        "private-encrypted-",
        "cache-",
        "private-cache-",
        "presence-cache-",
        "private-encrypted-cache-"
      })
  void whatIsPublishedIsHeardOnBothNodes(String kind) {
    String channel = unique(kind);
    PusherJs ann = ann();
    PusherJs bob = bob();
    ann.subscribe(channel);
    bob.subscribe(channel);
    if (kind.contains("cache-")) {
      ann.expect(channel, CACHE_MISS);
      bob.expect(channel, CACHE_MISS);
    }
    for (int number = 1; number <= 4; number++) {
      publish(channel, number);
      ann.expect(channel, news(number));
      bob.expect(channel, news(number));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "private-",
        "presence-",
        "private-encrypted-",
        "private-cache-",
        "presence-cache-",
        "private-encrypted-cache-"
      })
  void whoeverCannotSignIsNotLetIn(String kind) {
    String channel = unique(kind);
    PusherJs forger = connect(1, "forger");

    assertThat(forger.sendSubscribe(channel).next(channel))
        .startsWith("pusher:subscription_error {\"type\":\"AuthError\",\"error\":\"")
        .endsWith(",\"status\":401}");
    publish(channel, 1);
    String open = unique("");
    forger.subscribe(open);
    publish(open, 2);
    forger.expect(open, news(2));
    assertThat(forger.poll(channel)).isEmpty();
    assertThat(forger.poll("complaints")).as("a second report").isEmpty();
  }

  /** Node's ws and browsers require one of the subprotocols that they offer. */
  @Test
  void aSocketThatInsistsOnItsSubprotocolConnects() {
    assertThat(selected(List.of("pusher-channels-protocol-7")))
        .isEqualTo("selected pusher-channels-protocol-7");
    assertThat(selected(List.of("mqtt", "pusher-channels-protocol-7", "chat")))
        .isEqualTo("selected pusher-channels-protocol-7");
    assertThat(selected(List.of("mqtt"))).isEqualTo("broken off");
    assertThat(selected(List.of())).isEqualTo("selected ");
  }

  private @Nullable Object selected(List<String> subprotocols) {
    String path = "/app/" + PusherApp.KEY + "?protocol=7&client=swift&version=1";
    int port = service().balancer().door(1);
    return driver()
        .call(
            "selectedSubprotocol",
            Map.of("port", port, "path", path, "subprotocols", subprotocols));
  }

  @Test
  void whoHasLeftAChannelHearsNothingMoreOfIt() {
    String channel = unique("");
    String other = unique("");
    PusherJs ann = ann();
    ann.subscribe(channel);
    ann.subscribe(other);
    ann.unsubscribe(channel);
    await()
        .atMost(Patience.LIMIT)
        .until(() -> Boolean.FALSE.equals(onNode(1).channel(channel, "").object().get("occupied")));

    publish(channel, 1);
    publish(other, 2);
    ann.expect(other, news(2));
    assertThat(ann.poll(channel)).isEmpty();
  }

  private NodeBackend onNode(int node) {
    return backend().at(service().balancer().door(node));
  }

  @Test
  void anUnknownKeyIsRefusedForGood() {
    Map<String, Object> how = Map.of("key", "no-such-key");
    PusherJs stranger = PusherJs.connect(driver(), merged(service().how(1, "ann"), how));

    assertThat(ended(stranger)).isEqualTo("error 4001");
  }

  private static Map<String, Object> merged(Map<String, Object> first, Map<String, Object> second) {
    Map<String, Object> all = new HashMap<>(first);
    all.putAll(second);
    return all;
  }

  /** Why the library has given up. */
  private static String ended(PusherJs client) {
    String reason = client.next("connection");
    for (String line = reason; !line.equals("disconnected"); line = client.next("connection")) {
      assertThat(line).isEqualTo(reason);
    }
    assertThat(client.state()).isEqualTo("disconnected");
    return reason;
  }

  /** The end of a connection that the client itself wanted. */
  @Test
  void goesWhenItWantsTo() {
    PusherJs ann = ann();
    ann.disconnect().expect("connection", "disconnected");
    assertThat(ann.poll("connection")).isEmpty();
  }

  // Client events -------------------------------------------------------------------------------

  @Test
  void whatAClientSaysIsHeardByTheOthers() {
    String channel = unique("private-");
    PusherJs ann = ann();
    PusherJs bob = bob();
    ann.subscribe(channel);
    bob.subscribe(channel);

    ann.trigger(channel, "client-said", Map.of("text", "hi"));
    bob.expect(channel, "client-said {\"text\":\"hi\"}");
    bob.trigger(channel, "client-said", Map.of("text", "hello"));
    // Ann's own event has not come back to her.
    ann.expect(channel, "client-said {\"text\":\"hello\"}");
  }

  @Test
  void onPresenceChannelsOneIsToldWhoHasSaidIt() {
    String channel = unique("presence-");
    PusherJs ann = ann();
    PusherJs ten = connect(2, "10");
    ann.subscribe(channel);
    ten.subscribe(channel);

    ann.trigger(channel, "client-said", Map.of("text", "hi"));
    ten.expect(channel, "client-said {\"text\":\"hi\"} by \"ann\"");
    ten.trigger(channel, "client-said", Map.of("text", "hello"));
    assertThat(ann.next(channel))
        .isIn(
            "client-said {\"text\":\"hello\"} by \"10\"", "client-said {\"text\":\"hello\"} by 10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cache-", "private-encrypted-", "private-encrypted-cache-"})
  void clientsMayNotSpeakOnOtherChannels(String kind) {
    String channel = unique(kind);
    PusherJs ann = ann();
    PusherJs bob = bob();
    ann.subscribe(channel);
    bob.subscribe(channel);

    ann.send(channel, "client-said", Map.of("text", "hi"));
    String between = unique("private-");
    ann.subscribe(between);
    bob.subscribe(between);
    ann.trigger(between, "client-said", Map.of("text", "done"));
    bob.expect(between, "client-said {\"text\":\"done\"}");
    bob.expect("client events", between + " client-said");
  }

  @Test
  void clientsMayNotSpeakWhereTheyHaveNotSubscribed() {
    String channel = unique("private-");
    String between = unique("private-");
    PusherJs ann = ann();
    PusherJs bob = bob();
    bob.subscribe(channel);
    bob.subscribe(between);
    ann.subscribe(between);

    ann.send(channel, "client-said", Map.of("text", "hi"));
    ann.trigger(between, "client-said", Map.of("text", "done"));
    bob.expect("client events", between + " client-said");
  }

  // Presence, on one node -----------------------------------------------------------------------

  @Test
  void membersSeeEachOtherComeAndGo() {
    String channel = unique("presence-");
    PusherJs ann = ann();
    PusherJs ten = connect(1, "10");
    assertThat(ann.subscribe(channel))
        .endsWith("{\"count\":1,\"me\":\"ann\",\"members\":{\"ann\":{\"name\":\"ann the user\"}}}");
    assertThat(ten.subscribe(channel))
        .endsWith(
            "{\"count\":2,\"me\":10,\"members\":{\"10\":{\"name\":\"10 the user\"},"
                + "\"ann\":{\"name\":\"ann the user\"}}}");

    assertThat(ann.next(channel + " members"))
        .matches("pusher:member_added \\{\"id\":\"?10\"?,\"info\":\\{\"name\":\"10 the user\"}}");
    assertThat(ann.members(channel)).isEqualTo("10 ann");
    ten.disconnect();
    assertThat(ann.next(channel + " members")).startsWith("pusher:member_removed ");
    assertThat(ann.members(channel)).isEqualTo("ann");
  }

  @Test
  void aUserWithTwoConnectionsIsOneMember() {
    String channel = unique("presence-");
    PusherJs ann = ann();
    PusherJs bobsPhone = connect(1, "bob");
    PusherJs bobsDesk = connect(1, "bob");
    ann.subscribe(channel);
    bobsPhone.subscribe(channel);
    bobsDesk.subscribe(channel);
    bobsPhone.unsubscribe(channel);
    bobsDesk.unsubscribe(channel);

    String bob = "{\"id\":\"bob\",\"info\":{\"name\":\"bob the user\"}}";
    ann.expect(channel + " members", "pusher:member_added " + bob, "pusher:member_removed " + bob);
    connect(1, "cleo").subscribe(channel);
    ann.expect(
        channel + " members",
        "pusher:member_added {\"id\":\"cleo\",\"info\":{\"name\":\"cleo the user\"}}");
  }

  @Test
  void whoHasSignedInNeedsNotSayWhoHeIs() {
    String channel = unique("presence-");
    PusherJs silent = connect(1, "silent").signIn("silent");

    assertThat(silent.subscribe(channel)).contains("\"me\":\"silent\"");
    assertThat(silent.members(channel)).isEqualTo("silent");
  }

  @Test
  void subscribersAreCounted() {
    String channel = unique("");
    PusherJs ann = ann();
    PusherJs other = connect(1, "bob");
    ann.subscribe(channel);
    ann.expect(channel + " count", "1");
    other.subscribe(channel);
    ann.expect(channel + " count", "2");
    other.expect(channel + " count", "2");
    other.disconnect();
    ann.expect(channel + " count", "1");
  }

  // Users ---------------------------------------------------------------------------------------

  @Test
  void whatIsSentToAUserComesToAllHisConnectionsAndToNobodyElse() {
    String user = PusherService.unique("ann");
    PusherJs phone = connect(1, user).signIn(user);
    PusherJs desk = connect(2, user).signIn(user);
    PusherJs bob = bob().signIn("bob");

    assertThat(backend().sendToUser(user, "mail", Map.of("n", 1)).status()).isEqualTo(200);
    phone.expect("user", "mail {\"n\":1}");
    desk.expect("user", "mail {\"n\":1}");
    backend().sendToUser("bob", "mail", Map.of("n", 2));
    bob.expect("user", "mail {\"n\":2}");
  }

  @Test
  void whoIsTerminatedIsGoneEverywhereAndDoesNotComeBack() {
    String user = PusherService.unique("ann");
    PusherJs phone = connect(1, user).signIn(user);
    PusherJs desk = connect(2, user).signIn(user);
    PusherJs bob = bob().signIn("bob");

    assertThat(backend().terminate(user)).isEqualTo(new Backend.Reply(200, "{}"));
    assertThat(ended(phone)).isEqualTo("error 4009");
    assertThat(ended(desk)).isEqualTo("error 4009");
    backend().sendToUser("bob", "mail", Map.of("n", 1));
    bob.expect("user", "mail {\"n\":1}");
    assertThat(bob.poll("connection")).isEmpty();
  }

  /** On one node. */
  @Test
  void friendsAreToldWhoComesOnlineAndGoes() {
    String friend = PusherService.unique("friend");
    PusherJs ann = watching(1, "ann", friend).signIn("ann");
    ann.expect("watchlist", watched("offline", friend));
    PusherJs bob = connect(1, friend).signIn(friend);
    ann.expect("watchlist", watched("online", friend));

    PusherJs late = watching(1, "late", friend).signIn("late");
    late.expect("watchlist", watched("online", friend));
    bob.disconnect();
    ann.expect("watchlist", watched("offline", friend));
    late.expect("watchlist", watched("offline", friend));
  }

  private PusherJs watching(int node, String user, String friends) {
    Map<String, Object> how = merged(service().how(node, user), Map.of("watchlist", friends));
    return PusherJs.connect(driver(), how).expect("connection", "connected");
  }

  private static String watched(String state, String user) {
    return "%1$s {\"name\":\"%1$s\",\"user_ids\":[\"%2$s\"]}".formatted(state, user);
  }

  // Caches, on one node -------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {"cache-", "private-cache-", "presence-cache-", "private-encrypted-cache-"})
  void whoComesLateIsToldTheLastEvent(String kind) {
    String channel = unique(kind);
    PusherJs ann = ann();
    ann.subscribe(channel);
    ann.expect(channel, CACHE_MISS);
    publish(channel, 1);
    publish(channel, 2);
    // In any order, because they came to two nodes.
    String first = ann.next(channel);
    String last = ann.next(channel);
    assertThat(List.of(first, last)).containsExactlyInAnyOrder(news(1), news(2));

    PusherJs late = connect(1, "late");
    late.subscribe(channel);
    late.expect(channel, last);
  }

  // What nodes tell each other ------------------------------------------------------------------

  @Test
  void membersOfBothNodesSeeEachOther() {
    String channel = unique("presence-");
    PusherJs ann = ann();
    PusherJs bob = bob();
    ann.subscribe(channel);
    bob.subscribe(channel);

    await().atMost(Patience.LIMIT).until(() -> ann.members(channel).equals("ann bob"));
    await().atMost(Patience.LIMIT).until(() -> bob.members(channel).equals("ann bob"));
  }

  @Test
  void subscribersOfBothNodesAreCounted() {
    String channel = unique("");
    PusherJs ann = ann();
    PusherJs bob = bob();
    ann.subscribe(channel);
    ann.expect(channel + " count", "1");
    bob.subscribe(channel);

    ann.expect(channel + " count", "2");
  }

  @Test
  void friendsOnTheOtherNodeAreToldWhoComesOnline() {
    String friend = PusherService.unique("friend");
    PusherJs ann = watching(1, "ann", friend).signIn("ann");
    ann.expect("watchlist", watched("offline", friend));
    connect(2, friend).signIn(friend);

    ann.expect("watchlist", watched("online", friend));
  }
}
