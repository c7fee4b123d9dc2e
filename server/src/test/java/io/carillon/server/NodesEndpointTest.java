package io.carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.RequestHeaders;
import io.carillon.membership.Heartbeat;
import io.carillon.membership.Sighting;
import io.carillon.message.Incarnation;
import io.carillon.testkit.RecordingExchange;
import io.carillon.view.ClusterReport;
import io.carillon.view.SingleNode;
import io.carillon.view.SliceReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodesEndpointTest {

  private static final String TOKEN = "canary-operator-token";
  private static final Incarnation NODE = new Incarnation(1, 2);

  private static HttpReply ask(@Nullable OperatorToken token, Map<String, String> headers) {
    NodesEndpoint endpoint =
        new NodesEndpoint(new ClusterConfig("east", token), new SingleNode(NODE, "n1"));
    HttpHead head = HttpHead.of("GET", "/nodes", RequestHeaders.of(headers));
    return RecordingExchange.reply(endpoint.route().handler().admit(head), new byte[0]).join();
  }

  @Test
  void nobodyMayLookWithoutATokenInTheConfiguration() {
    HttpReply reply = ask(null, Map.of("Authorization", "Bearer "));
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body()).contains("cluster.operator_token", "CARILLON_CLUSTER_OPERATOR_TOKEN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer canary-operator-toke",
        "Bearer canary-operator-tokenx",
        "canary-operator-token",
        "Basic canary-operator-token"
      })
  void aWrongTokenIsRefused(String authorization) {
    HttpReply reply = ask(new OperatorToken(TOKEN), Map.of("Authorization", authorization));
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.headers()).containsEntry("WWW-Authenticate", "Bearer");
    assertThat(reply.body()).doesNotContain("canary", "n1");
  }

  @Test
  void aNodeThatWorksAloneShowsItself() {
    HttpReply reply = ask(new OperatorToken(TOKEN), Map.of("Authorization", "bearer " + TOKEN));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo("application/json");
    assertThat(reply.body())
        .isEqualTo(
            """
            {"cluster":"east","status":"ready","view_age_ms":0,"alone":true,\
            "self":{"label":"n1","incarnation":"00000000000000010000000000000002","version":1,\
            "phase":"ready","heard_ms_ago":0},"peers":[],"incompatible":[],"gone":[]}
            """);
  }

  @Test
  void peersAreShownWithTheirSlicesAndSilentNodesToo() {
    Sighting self = new Sighting(NODE, "n1", 1, Heartbeat.Phase.JOINING, Duration.ofMillis(12_345));
    Sighting peer = new Sighting(NODE, "n\"2", 2, Heartbeat.Phase.READY, Duration.ofMillis(400));
    Sighting far = new Sighting(NODE, "n4", 3, Heartbeat.Phase.KEPT_OUT, Duration.ofMillis(7));
    Sighting gone = new Sighting(NODE, "n3", 1, Heartbeat.Phase.READY, Duration.ofMinutes(1));
    ClusterReport report =
        new ClusterReport(
            false,
            Duration.ofMillis(12_345),
            new ClusterReport.Node(self, new SliceReport(1, 2, 3, 4, true, 0)),
            List.of(new ClusterReport.Node(peer, new SliceReport(5, 6, 7, 8, false, 9))),
            List.of(far),
            List.of(gone));
    assertThat(new NodesJson("east", report, NodesDetail.OPERATOR).text())
        .isEqualTo(
            """
            {"cluster":"east","status":"joining","view_age_ms":12345,"alone":false,\
            "self":{"label":"n1","incarnation":"00000000000000010000000000000002","version":1,\
            "phase":"joining","heard_ms_ago":12345,"slice":{"channels":1,"subscriptions":2,\
            "members":3,"bytes":4,"complete":true,"lag":0}},\
            "peers":[{"label":"n\\"2","incarnation":"00000000000000010000000000000002","version":2,\
            "phase":"ready","heard_ms_ago":400,"slice":{"channels":5,"subscriptions":6,\
            "members":7,"bytes":8,"complete":false,"lag":9}}],\
            "incompatible":[{"label":"n4","incarnation":"00000000000000010000000000000002",\
            "version":3,"phase":"kept out","heard_ms_ago":7}],\
            "gone":[{"label":"n3","incarnation":"00000000000000010000000000000002","version":1,\
            "phase":"ready","heard_ms_ago":60000}]}
            """);
  }

  @Test
  void theTokenIsNeverShown() {
    assertThat(new ClusterConfig("east", new OperatorToken(TOKEN)).toString())
        .doesNotContain("canary");
  }
}
