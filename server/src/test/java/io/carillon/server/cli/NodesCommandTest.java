package io.carillon.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.carillon.server.Parts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code carillon nodes} against a server that answers like a node. */
class NodesCommandTest {

  private static final String TOKEN = "canary-operator-token";
  private static final String ANSWER =
      """
      {"cluster":"east","status":"ready","view_age_ms":0,\
      "self":{"label":"n1","incarnation":"0123456789abcdef0123456789abcdef","version":1,\
      "phase":"ready","heard_ms_ago":421,"slice":{"channels":12,"subscriptions":345,\
      "members":6,"bytes":2049,"complete":true,"lag":0}},\
      "peers":[{"label":"node-2","incarnation":"fedcba9876543210fedcba9876543210","version":1,\
      "phase":"ready","heard_ms_ago":87,"slice":{"channels":100000,"subscriptions":1000,\
      "members":0,"bytes":33554432,"complete":true,"lag":0}},\
      {"label":"n3","incarnation":"ffffffffffffffffffffffffffffffff","version":1,\
      "phase":"joining","heard_ms_ago":1004,"slice":{"channels":0,"subscriptions":0,\
      "members":0,"bytes":0,"complete":false,"lag":7}}],\
      "incompatible":[{"label":"n5","incarnation":"dddddddddddddddddddddddddddddddd","version":3,\
      "phase":"kept out","heard_ms_ago":120}],\
      "gone":[{"label":"n4","incarnation":"eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee","version":1,\
      "phase":"ready","heard_ms_ago":61000}]}
      """;

  @TempDir Path folder = Path.of(".");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> asked = new ArrayList<>();
  private final HttpServer node;
  private int status = 200;
  private String body = ANSWER;

  NodesCommandTest() throws IOException {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestURI() + " " + exchange.getRequestHeaders().get("Authorization"));
          byte[] bytes = body.getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/plain");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    node.start();
  }

  @AfterEach
  void close() {
    node.stop(0);
  }

  private int run(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("--token-file", Files.writeString(folder.resolve("token"), TOKEN).toString()));
    arguments.addAll(List.of("--url", "http://127.0.0.1:" + node.getAddress().getPort()));
    arguments.addAll(List.of(more));
    return execute(arguments.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    return CarillonCommand.lineOf(new NodesCommand(), Parts.standard())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> Failure.report(e, "nodes", command.getErr()))
        .execute(arguments);
  }

  @Test
  void printsATable() throws IOException {
    assertThat(run()).isZero();
    assertThat(asked).containsExactly("/nodes [Bearer " + TOKEN + "]");
    assertThat(out.toString())
        .isEqualTo(
            """
            Cluster east, as n1 * sees it: ready, 3 nodes, up to date

            NODE    INCARNATION  VERSION  PHASE     HEARD  CHANNELS  SUBSCRIPTIONS  MEMBERS    KIB  KNOWN
            n1 *    01234567           1  ready      0.4s        12            345        6      3  itself
            node-2  fedcba98           1  ready      0.1s    100000           1000        0  32768  whole
            n3      ffffffff           1  joining    1.0s         0              0        0      0  in part, 7 behind
            n5      dddddddd           3  kept out   0.1s         -              -        -      -  too far apart in version
            n4      eeeeeeee           1  ready     61.0s         -              -        -      -  gone
            """);
  }

  @Test
  void saysHowOldTheViewIs() throws IOException {
    body = ANSWER.replace("\"view_age_ms\":0", "\"view_age_ms\":12345");
    assertThat(run()).isZero();
    assertThat(out.toString())
        .startsWith("Cluster east, as n1 * sees it: ready, 3 nodes, from 12.3s ago");
  }

  @Test
  void printsTheAnswerAsItIsForPrograms() throws IOException {
    assertThat(run("--json")).isZero();
    assertThat(out.toString()).isEqualTo(ANSWER);
  }

  @Test
  void aLabelCannotBeginANewLine() throws IOException {
    body = ANSWER.replace("node-2", "node\\n2");
    assertThat(run()).isZero();
    assertThat(out.toString().lines()).hasSize(8).anyMatch(line -> line.startsWith("node?2"));
  }

  @Test
  void saysThatTheTokenIsWrong() throws IOException {
    status = 401;
    assertThat(run()).isEqualTo(CarillonCommand.FAILED);
    assertThat(err.toString())
        .contains("the token is wrong (expected: cluster.operator_token of the node at http://");
  }

  @Test
  void saysWhatTheNodeSaysWhereNobodyMayLook() throws IOException {
    status = 403;
    body = "This node shows its cluster to nobody.\n";
    assertThat(run()).isEqualTo(CarillonCommand.FAILED);
    assertThat(err.toString()).contains("403 This node shows its cluster to nobody.");
  }

  @Test
  void saysThatAnotherPortIsMeant() throws IOException {
    status = 404;
    assertThat(run()).isEqualTo(CarillonCommand.FAILED);
    assertThat(err.toString()).contains("it answers 404 (expected: metrics.port, 9601");
    status = 200;
    body = "[\"another server\"]";
    assertThat(run()).isEqualTo(CarillonCommand.FAILED);
    assertThat(err.toString()).contains("its answer is no cluster (expected: metrics.port, 9601");
  }

  @Test
  void saysWhatToSetWhereNobodyListens() throws IOException {
    node.stop(0);
    assertThat(run()).isEqualTo(CarillonCommand.FAILED);
    assertThat(err.toString())
        .contains("connection refused (expected: the port of a node with metrics.enabled=true")
        .doesNotContain("\tat ");
  }

  @Test
  void asksForATokenFirst() {
    assertThat(execute("--url", "http://127.0.0.1:" + node.getAddress().getPort()))
        .isEqualTo(CarillonCommand.USAGE);
    assertThat(err.toString()).contains("no token (expected: the node's cluster.operator_token");
    assertThat(asked).isEmpty();
  }
}
