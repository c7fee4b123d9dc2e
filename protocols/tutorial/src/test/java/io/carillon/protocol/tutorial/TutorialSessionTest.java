package io.carillon.protocol.tutorial;

import static io.carillon.protocol.tutorial.TutorialWorld.JOHN_ALONE;
import static io.carillon.protocol.tutorial.TutorialWorld.MAX_REQUESTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.hub.Disconnect;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.protocol.tutorial.TutorialWorld.Client;
import io.carillon.testkit.OtherNodes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TutorialSessionTest {

  private static final String GET_USERS = "{\"type\":\"get-users\"}";
  private static final String BROADCAST = "{\"type\":\"broadcast\"}";
  private static final String ANN = "?id=7&firstname=Ann&lastname=Lee";
  private static final String JOHN_AND_ANN =
      "[{\"id\":1,\"firstname\":\"John\",\"lastname\":\"Doe\"},"
          + "{\"id\":7,\"firstname\":\"Ann\",\"lastname\":\"Lee\"}]";

  private final TutorialWorld world = new TutorialWorld(TutorialWorld.TO_EVERYONE);

  private static String error(String message) {
    return "{\"type\":\"error\",\"message\":\"%s\"}".formatted(message);
  }

  @Test
  void usersAreToldToTheClientThatAsksAlone() {
    Client asking = world.client(0, "");
    Client silent = world.client(1, "");

    asking.send(GET_USERS);
    world.settle();

    assertThat(asking.heard()).containsExactly(JOHN_ALONE);
    assertThat(silent.heard()).isEmpty();
  }

  @Test
  void aBroadcastReachesAllClientsOnceItsSenderIncluded() {
    Client sender = world.client(0, "");
    Client other = world.client(1, "");

    sender.send(BROADCAST);
    world.settle();

    assertThat(sender.heard()).containsExactly(JOHN_ALONE);
    assertThat(other.heard()).containsExactly(JOHN_ALONE);
  }

  @Test
  void aBroadcastToOthersLeavesItsSenderOut() {
    TutorialWorld toOthers = new TutorialWorld(TutorialWorld.TO_OTHERS);
    Client sender = toOthers.client(0, "");
    Client other = toOthers.client(1, "");

    sender.send(BROADCAST);
    toOthers.settle();

    assertThat(sender.heard()).isEmpty();
    assertThat(other.heard()).containsExactly(JOHN_ALONE);
  }

  @Test
  void aBroadcastThatIsSentAtOnceReachesItsSender() {
    Client client = world.connect(0, "");
    client.send(BROADCAST);
    assertThat(client.connection.isPaused()).isTrue();

    world.settle();

    assertThat(client.heard()).containsExactly(JOHN_ALONE);
  }

  @Test
  void aMessageOfAnotherProgramIsHandedOnAsItIs() {
    Client client = world.client(0, "");

    world.broker.deliver(
        new Publication(
            new MessageId(new Incarnation(5, 5), 1),
            new Channel("#tutorial", "ws:messages"),
            "",
            Payload.text("my message \u20ac"),
            "",
            "",
            0,
            null));
    world.settle();

    assertThat(client.heard()).containsExactly("my message \u20ac");
  }

  @Test
  void aClientThatSaysWhoItIsIsAUserUntilItGoes() {
    Client ann = world.client(0, ANN);
    Client asking = world.client(1, "");

    ann.send(GET_USERS);
    asking.send(GET_USERS);
    world.settle();
    assertThat(ann.heard()).containsExactly(JOHN_AND_ANN);
    assertThat(asking.heard()).containsExactly(JOHN_AND_ANN);

    ann.disconnect();
    asking.send(GET_USERS);
    world.settle();
    assertThat(asking.heard()).containsExactly(JOHN_ALONE);
  }

  @Test
  void usersOfOtherNodesAreUsersUntilTheirNodeDies() {
    OtherNodes.Node other = world.others.node("other");
    other.join(Users.CHANNEL, Users.member(new User(7, "Ann", "Lee")));
    Client asking = world.client(0, "");

    asking.send(GET_USERS);
    world.settle();
    assertThat(asking.heard()).containsExactly(JOHN_AND_ANN);

    other.die();
    world.settle();
    asking.send(GET_USERS);
    world.settle();
    assertThat(asking.heard()).containsExactly(JOHN_ALONE);
  }

  @Test
  void twoConnectionsOfOneUserAreOneUserAndAnIdThatIsTakenChangesNobody() {
    Client ann = world.client(0, ANN);
    world.client(1, ANN);
    world.client(1, "?id=7&firstname=Not&lastname=Ann");
    world.client(1, "?id=1&firstname=Not&lastname=John");

    ann.send(GET_USERS);
    world.settle();

    assertThat(ann.heard()).containsExactly(JOHN_AND_ANN);
  }

  @Test
  void aClientThatIsOneUserTooManyIsToldSoAndClosed() {
    for (int id = 2; id < 2 + TutorialWorld.MAX_USERS; id++) {
      world.client(0, "?id=" + id + "&firstname=A&lastname=B");
    }

    Client tooMany = world.client(0, "?id=99&firstname=A&lastname=B");

    assertThat(tooMany.heard())
        .containsExactly(error("There are too many users; connect again later"));
    assertThat(tooMany.connection.closed()).contains(TutorialSession.FULL);
    assertThat(world.client(0, "").connection.closed()).isEmpty();
  }

  @Test
  void aBadMessageIsAnsweredByAnErrorAndTheNextOneIsServed() {
    Client client = world.client(0, "");
    String expected =
        " (expected: {\\\"type\\\":\\\"get-users\\\"} or {\\\"type\\\":\\\"broadcast\\\"})";

    client.send("{oops", "null", "{\"type\":\"delete-users\"}");
    client.session.onBinary(GET_USERS.getBytes(StandardCharsets.UTF_8));
    world.settle();

    assertThat(client.heard())
        .containsExactly(
            error("The message is not JSON" + expected),
            error("The message has no known type" + expected),
            error("The message has no known type" + expected),
            JOHN_ALONE);
  }

  @Test
  void requestsBeyondTheRateAreRefused() {
    Client client = world.client(0, "");

    for (int i = 0; i < MAX_REQUESTS + 1; i++) {
      client.send(GET_USERS);
      world.settle();
    }
    assertThat(client.heard())
        .hasSize(MAX_REQUESTS + 1)
        .endsWith(error("There are too many requests (expected: at most 5 a second)"));

    world.clock.advance(Duration.ofSeconds(1));
    client.send(GET_USERS);
    world.settle();
    assertThat(client.heard()).containsExactly(JOHN_ALONE);
  }

  @Test
  void theOutcomeOfABroadcastIsToldIfItIsNotAccepted() {
    Client client = world.client(0, "");
    client.send(BROADCAST, BROADCAST, BROADCAST);
    world.run();

    world.broker.answerPublish(new PublishOutcome.Refused(Refusal.UNAVAILABLE, "away"));
    world.broker.answerPublish(new PublishOutcome.Refused(Refusal.TOO_LARGE, "long"));
    world.broker.answerPublish(new PublishOutcome.Unknown("lost"));
    world.run();

    assertThat(client.heard())
        .containsExactly(
            error("The message bus is unavailable; try again later"),
            error("The list of users is too large for the message bus"),
            error(
                "The message bus did not answer; whether clients were sent the users is unknown"));
  }

  @Test
  void aClientThatTheBusDoesNotReachIsToldSoAndClosed() {
    Client client = world.connect(0, ANN);
    world.run();
    world.broker.nextOperation().fail();
    world.run();

    assertThat(client.heard())
        .containsExactly(
            error("The message bus does not deliver to this connection; connect again"));
    assertThat(client.connection.closed()).contains(Disconnect.INTERNAL_ERROR);
    assertThat(world.others.ownMembers(Users.CHANNEL)).isEmpty();
  }

  @Test
  void aShutdownWaitsForTheOutcomeOfEveryRequest() {
    Client client = world.client(0, "");
    client.send(BROADCAST);

    CompletableFuture<Disconnect> left = client.session.onShutdown().toCompletableFuture();
    world.run();
    assertThat(left).isNotDone();
    world.settle();

    assertThat(left).isCompletedWithValue(Disconnect.RESTART);
    assertThat(client.heard()).containsExactly(JOHN_ALONE);
    assertThat(client.connection.isPaused()).isTrue();
  }
}
