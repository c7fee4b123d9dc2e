package io.carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.RequestHeaders;
import io.carillon.testkit.RecordingExchange;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DrainEndpointTest {

  private static final String TOKEN = "canary-operator-token";

  private final CompletableFuture<Void> asked = new CompletableFuture<>();

  private HttpReply ask(@Nullable OperatorToken token, String authorization) {
    HttpRoute route =
        new DrainEndpoint(new ClusterConfig("east", token), DrainConfig.DEFAULTS, asked).route();
    assertThat(route.method()).isEqualTo("POST");
    HttpHead head =
        HttpHead.of("POST", "/drain", RequestHeaders.of(Map.of("Authorization", authorization)));
    return RecordingExchange.reply(route.handler().admit(head), new byte[0]).join();
  }

  @Test
  void theOperatorsTokenDrainsTheNode() {
    HttpReply reply = ask(new OperatorToken(TOKEN), "Bearer " + TOKEN);

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.body()).isEqualTo("{\"status\":\"draining\",\"ends_within_ms\":8000}\n");
    assertThat(asked).isCompleted();
  }

  @Test
  void anotherTokenDoesNot() {
    assertThat(ask(new OperatorToken(TOKEN), "Bearer canary-operator-tokem").status())
        .isEqualTo(401);
    assertThat(asked).isNotDone();
  }

  @Test
  void nobodyMayWithoutATokenInTheConfiguration() {
    assertThat(ask(null, "Bearer ").status()).isEqualTo(403);
    assertThat(asked).isNotDone();
  }
}
