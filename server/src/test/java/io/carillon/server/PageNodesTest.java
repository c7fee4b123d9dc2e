package io.carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoutes;
import io.carillon.http.PathPrefix;
import io.carillon.membership.Heartbeat;
import io.carillon.membership.Sighting;
import io.carillon.message.Incarnation;
import io.carillon.testkit.ManualClock;
import io.carillon.testkit.RecordingExchange;
import io.carillon.view.ClusterReport;
import io.carillon.view.SingleNode;
import io.carillon.view.SliceReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page is told of the cluster. */
class PageNodesTest {

  private static final Incarnation NODE = new Incarnation(0x1234567890abcdefL, 2);
  private static final Sighting SELF =
      new Sighting(NODE, "n1", 1, Heartbeat.Phase.READY, Duration.ofMillis(400));
  private static final SliceReport SLICE = new SliceReport(1, 2, 3, 4, true, 0);

  private final ManualClock clock = new ManualClock();
  private int reports;

  private static ClusterReport report(List<Sighting> gone) {
    return new ClusterReport(
        true,
        Duration.ZERO,
        new ClusterReport.Node(SELF, SLICE),
        List.of(new ClusterReport.Node(SELF, SLICE)),
        List.of(),
        gone);
  }

  @Test
  void everyVisitorSeesNoFiguresAndNoWholeIncarnation() {
    String text = new NodesJson("east", report(List.of()), NodesDetail.NODES).text();
    assertThat(text)
        .isEqualTo(
            """
            {"cluster":"east","status":"ready","view_age_ms":0,"alone":false,\
            "self":{"label":"n1","incarnation":"12345678","version":1,"phase":"ready",\
            "heard_ms_ago":400},"peers":[{"label":"n1","incarnation":"12345678","version":1,\
            "phase":"ready","heard_ms_ago":400}],"incompatible":[],"gone":[]}
            """);
  }

  @Test
  void figuresAreShownWhereTheOperatorWantsIt() {
    String text = new NodesJson("east", report(List.of()), NodesDetail.FIGURES).text();
    assertThat(text)
        .contains("\"slice\":{\"channels\":1,\"subscriptions\":2,\"members\":3,")
        .doesNotContain(NODE.toString());
  }

  @Test
  void ofManyNodesThatAreGoneOnlyTheLastOnesAreShown() {
    List<Sighting> gone = new ArrayList<>(Collections.nCopies(20, SELF));
    gone.add(new Sighting(NODE, "the-oldest", 1, Heartbeat.Phase.READY, Duration.ofHours(1)));
    assertThat(new NodesJson("east", report(gone), NodesDetail.NODES).text())
        .doesNotContain("the-oldest");
    assertThat(new NodesJson("east", report(gone), NodesDetail.OPERATOR).text())
        .contains("the-oldest");
  }

  @Test
  void theClustersThreadIsAskedTwiceASecondAtMost() {
    PageNodes nodes = nodes();
    for (int i = 0; i < 10; i++) {
      assertThat(get(nodes).body()).contains("\"alone\":true");
    }
    assertThat(reports).isOne();
    clock.advance(Duration.ofMillis(499));
    get(nodes);
    assertThat(reports).isOne();
    clock.advance(Duration.ofMillis(1));
    get(nodes);
    assertThat(reports).isEqualTo(2);
  }

  /** No page of another origin reads it, and no cache keeps it. */
  @Test
  void isForThePageAlone() {
    HttpReply reply = get(nodes());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo("application/json");
    assertThat(reply.headers())
        .containsEntry("Cache-Control", "no-store")
        .doesNotContainKey("Access-Control-Allow-Origin");
  }

  @Test
  void thePageKnowsWhereToAsk() {
    Page page = Page.of("n1", List.of(), nodes());
    HttpRoutes routes =
        new HttpRoutes(PathPrefix.NONE, page.routes(PathPrefix.NONE), _ -> HttpReply.text(404, ""));
    String html = ask(routes, "/").body();
    assertThat(html)
        .contains("<html lang=\"en\" data-served=\"by-a-node\" data-nodes=\"page/nodes\">");
    assertThat(page.partRoutes()).hasSize(1);
    assertThat(Page.of("n1", List.of()).partRoutes()).isEmpty();
  }

  private PageNodes nodes() {
    SingleNode alone = new SingleNode(NODE, "n1");
    return new PageNodes(
        "east",
        NodesDetail.NODES,
        () -> {
          reports++;
          return alone.report();
        },
        clock);
  }

  private static HttpReply get(PageNodes nodes) {
    HttpRoutes routes =
        new HttpRoutes(PathPrefix.NONE, List.of(nodes.route()), _ -> HttpReply.text(404, ""));
    return ask(routes, "/page/nodes");
  }

  private static HttpReply ask(HttpRoutes routes, String path) {
    return RecordingExchange.reply(routes.admit(HttpHead.of("GET", path)), new byte[0]).join();
  }
}
