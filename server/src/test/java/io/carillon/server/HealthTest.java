package io.carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoutes;
import io.carillon.http.PathPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTest {

  private static final String OK = "{\"status\":\"ok\"}\n";
  private static final String DRAINING = "{\"status\":\"draining\"}\n";
  private static final String DEGRADED =
      "{\"status\":\"degraded\",\"reason\":\"message bus is away\",\"view_age_seconds\":12}\n";

  private final AtomicBoolean busUp = new AtomicBoolean(true);
  private final AtomicBoolean joined = new AtomicBoolean(true);
  private final AtomicBoolean full = new AtomicBoolean();
  private final Health health =
      new Health(busUp::get, joined::get, () -> Duration.ofMillis(12_900), full::get);

  @ParameterizedTest
  @ValueSource(strings = {"/up", "/health", "/ready", "/live"})
  void saysOkWhenAllIsWell(String path) {
    assertAnswer(path, 200, OK);
  }

  /** A fault that all nodes share must not fail the check by which a balancer cuts connections. */
  @ParameterizedTest
  @CsvSource({"/up, 200", "/health, 200", "/ready, 404"})
  void keepsItsClientsButWantsNoNewOnesWhileTheBusIsAway(String path, int status) {
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
    assertAnswer("/up", 200, OK);
    assertThat(health.refusal()).hasValueSatisfying(it -> assertThat(it.status()).isEqualTo(503));
    joined.set(true);
    assertThat(health.refusal()).isEmpty();
    assertAnswer("/ready", 200, OK);
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
    assertThat(refusal.headers()).isEqualTo(Map.of("Retry-After", "2"));
    assertThat(refusal.body()).isEqualTo(body);
  }
}
