package io.carillon.protocol.tutorial;

import static io.carillon.protocol.tutorial.TutorialWorld.JOHN_ALONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.testkit.RecordingExchange;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UsersEndpointTest {

  private final TutorialWorld world = new TutorialWorld(TutorialWorld.TO_EVERYONE);

  private HttpReply reply(Duration viewAge, byte[] body) {
    UsersEndpoint endpoint = new UsersEndpoint(world.users, () -> viewAge);
    CompletableFuture<HttpReply> reply =
        RecordingExchange.reply(endpoint.admit(HttpHead.of("GET", "/users")), body);
    world.settle();
    return reply.join();
  }

  @Test
  void answersWithTheUsersOfAllNodes() {
    assertThat(reply(Duration.ZERO, new byte[0])).isEqualTo(HttpReply.json(200, JOHN_ALONE));

    world.others.node("other").join(Users.CHANNEL, Users.member(new User(7, "Ann", "Lee")));
    world.settle();

    assertThat(reply(Duration.ZERO, new byte[0]).body())
        .isEqualTo(
            "[{\"id\":1,\"firstname\":\"John\",\"lastname\":\"Doe\"},"
                + "{\"id\":7,\"firstname\":\"Ann\",\"lastname\":\"Lee\"}]");
  }

  @Test
  void saysHowOldAnAnswerIsThatIsNotUpToDate() {
    assertThat(reply(Duration.ofSeconds(12), new byte[0]).headers())
        .containsEntry("X-Carillon-View-Age", "12");
  }

  @Test
  void aBodyIsRefused() {
    assertThat(reply(Duration.ZERO, new byte[1]).status()).isEqualTo(413);
  }
}
