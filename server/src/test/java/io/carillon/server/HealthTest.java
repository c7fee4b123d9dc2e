package io.carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoutes;
import io.carillon.http.PathPrefix;
import io.carillon.membership.Incompatibility;
import io.carillon.message.Incarnation;
import io.carillon.testkit.RecordingExchange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTest {

  private static final Incarnation FAR = new Incarnation(5, 10);
  private static final String OK = "{\"status\":\"ok\"}\n";
  private static final String DRAINING = "{\"status\":\"draining\"}\n";
  private static final String DEGRADED =
      "{\"status\":\"degraded\",\"reason\":\"message bus is away\",\"view_age_seconds\":12}\n";

  private final AtomicBoolean busUp = new AtomicBoolean(true);
  private final AtomicBoolean joined = new AtomicBoolean(true);
  private final AtomicBoolean full = new AtomicBoolean();
  private final AtomicReference<@Nullable Incompatibility> farNode = new AtomicReference<>();
  private final Health health =
      new Health(
          busUp::get,
          joined::get,
          () -> Optional.ofNullable(farNode.get()),
          () -> Duration.ofMillis(12_900),
          full::get);

  @ParameterizedTest
  @ValueSource(strings = {"/up", "/health", "/ready", "/live"})
  void saysOkWhenAllIsWell(String path) {
    assertAnswer(path, 200, OK);
  }

  /** A fault that all nodes share must not fail the check by which a balancer cuts connections. */
  @ParameterizedTest
  @CsvSource({"/up, 200", "/health, 200", "/ready, 404"})
  void keepsItsClientsButWantsNoNewOnesWhileTheBusIsAway(String path, int status) {
    assertAnswer(path, 200, OK);
    busUp.set(false);
    assertAnswer(path, status, DEGRADED);
    busUp.set(true);
    assertAnswer(path, 200, OK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/up", "/health", "/live"})
  void isWellWhenItIsFull(String path) {
    full.set(true);
    assertAnswer(path, 200, OK);
  }

  /** Until then it would answer questions about the cluster wrongly. */
  @Test
  void wantsNoClientsUntilItKnowsWhatTheOtherNodesHold() {
    joined.set(false);
    assertAnswer("/ready", 404, "{\"status\":\"joining\"}\n");
    assertAnswer("/up", 404, "{\"status\":\"joining\"}\n");
    assertThat(health.refusal()).hasValueSatisfying(it -> assertThat(it.status()).isEqualTo(503));
    joined.set(true);
    assertThat(health.refusal()).isEmpty();
    assertAnswer("/ready", 200, OK);
  }

  /** It has no clients to keep, and no publication could leave it. */
  @Test
  void isNotUpBeforeItsBrokerIsThereForTheFirstTime() {
    busUp.set(false);
    joined.set(false);
    assertAnswer("/up", 404, DEGRADED);
    busUp.set(true);
    joined.set(true);
    assertAnswer("/up", 200, OK);
  }

  /** Its clients are to stay. */
  @Test
  void staysUpWhileItJoinsAgain() {
    assertAnswer("/ready", 200, OK);
    joined.set(false);
    assertAnswer("/up", 200, OK);
    assertAnswer("/ready", 404, "{\"status\":\"joining\"}\n");
  }

  /** The node that it can't understand may have any name. */
  @Test
  void staysOutAndSaysWhyWhileANodeThatIsTooFarApartTakesClients() {
    joined.set(false);
    farNode.set(new Incompatibility(FAR, "n\"2", 1, 3));
    assertAnswer(
        "/ready",
        404,
        "{\"status\":\"incompatible\",\"reason\":\"node n\\\"2 (0000000000000005000000000000000a)"
            + " writes version 1 of the cluster's messages, and this node version 3: they do not"
            + " understand each other\",\"remedy\":\"update the older nodes to version 2 first, one"
            + " version at a time, node by node\"}\n");
    assertThat(read("/up")).isEqualTo(read("/ready"));
    assertRefusal("This node's version is too far from its cluster's; try another.\n");
    assertThat(health.publishUnavailable())
        .contains("this node's version is too far from its cluster's; try another");
    farNode.set(new Incompatibility(FAR, "n2", 5, 3));
    assertThat(read("/ready").body())
        .contains("\"remedy\":\"update this node to version 4, one version at a time\"");
    farNode.set(null);
    assertAnswer("/ready", 404, "{\"status\":\"joining\"}\n");
    assertThat(health.publishUnavailable()).isEmpty();
  }

  @Test
  void goesOnWhenANewcomerIsTooFarApart() {
    farNode.set(new Incompatibility(FAR, "n2", 3, 1));
    HttpReply reply = read("/ready");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body())
        .startsWith("{\"status\":\"ok\",\"warning\":\"node n2 (")
        .contains("\"remedy\":\"update this node");
    assertThat(health.refusal()).isEmpty();
    assertThat(health.publishUnavailable()).isEmpty();
    full.set(true);
    assertAnswer("/ready", 404, "{\"status\":\"full\"}\n");
  }

  @Test
  void wantsNoNewClientsWhenItIsFull() {
    full.set(true);
    assertAnswer("/ready", 404, "{\"status\":\"full\"}\n");
    busUp.set(false);
    assertAnswer("/ready", 404, DEGRADED);
    health.drain();
    assertAnswer("/ready", 404, DRAINING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/up", "/health", "/ready"})
  void wantsNoNewClientsWhenItDrains(String path) {
    health.drain();
    assertAnswer(path, 404, DRAINING);
    busUp.set(false);
    assertAnswer(path, 404, DRAINING);
  }

  @Test
  void livesAsLongAsItAnswers() {
    busUp.set(false);
    health.drain();
    assertAnswer("/live", 200, OK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "", "/UP", "/up//", "/up/x", "/upper", "/metrics"})
  void hasNoAnswerToOtherPaths(String path) {
    assertThat(routes().hasRoute(path)).isFalse();
  }

  @Test
  void refusesClientsOnlyWhenTheyHadBetterGoElsewhere() {
    assertThat(health.refusal()).isEmpty();
    busUp.set(false);
    assertRefusal("The message bus is away; try again soon.\n");
    health.drain();
    assertRefusal("This node is going down; try another.\n");
    busUp.set(true);
    assertRefusal("This node is going down; try another.\n");
  }

  /** Balancers need a moment to notice /ready, and don't repeat a POST. */
  @Test
  void letsBackendsPublishUntilTheNodeEnds() {
    health.drain();
    assertThat(health.publishUnavailable()).isEmpty();
    health.end();
    assertThat(health.publishUnavailable()).contains("this node is going down; try another");
    assertRefusal("This node is going down; try another.\n");
  }

  @Test
  void letsNobodyPublishWithoutABus() {
    busUp.set(false);
    assertThat(health.publishUnavailable()).contains("message bus is away");
    health.drain();
    assertThat(health.publishUnavailable()).contains("message bus is away");
  }

  private HttpRoutes routes() {
    return new HttpRoutes(PathPrefix.NONE, health.routes(), _ -> HttpReply.text(404, ""));
  }

  private HttpReply read(String path) {
    return RecordingExchange.reply(routes().admit(HttpHead.of("GET", path)), new byte[0]).join();
  }

  private void assertAnswer(String path, int status, String body) {
    HttpReply reply = HttpReply.json(status, body);
    for (String same : List.of(path, path + "/")) {
      assertThat(routes().admit(HttpHead.of("GET", same)))
          .isEqualTo(new HttpAdmission.Answered(reply));
    }
  }

  private void assertRefusal(String body) {
    HttpReply refusal = health.refusal().orElseThrow();
    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.headers())
        .hasEntrySatisfying("Retry-After", seconds -> assertThat(seconds).matches("[1-5]"));
    assertThat(refusal.body()).isEqualTo(body);
  }
}
