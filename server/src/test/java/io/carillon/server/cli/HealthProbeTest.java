package io.carillon.server.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.server.Parts;
import io.carillon.server.config.ListenVariables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthProbeTest {

  private static final ListenVariables VARIABLES = new ListenVariables(Parts.keyAdditions());

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private int run(String url, Map<String, String> environment) {
    return HealthProbe.run(VARIABLES, url, environment, new PrintStream(printed, true, UTF_8));
  }

  /** Answers one request with these words, and tells its first line. */
  private static Thread answerOnce(ServerSocket server, String answer, StringBuilder asked) {
    return Thread.startVirtualThread(
        () -> {
          try (Socket socket = server.accept()) {
            for (int next = socket.getInputStream().read(); next != '\r' && next >= 0; ) {
              asked.append((char) next);
              next = socket.getInputStream().read();
            }
            socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
          } catch (IOException e) {
            asked.append(e);
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"200 OK, 0", "404 Not Found, 1", "503 Service Unavailable, 1"})
  void saysByItsExitCodeWhatTheNodeSays(String status, int expected) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      StringBuilder asked = new StringBuilder();
      Thread node = answerOnce(server, "HTTP/1.1 " + status + "\r\n\r\n", asked);
      int code = run("", Map.of("HOST", "0.0.0.0", "PORT", "" + server.getLocalPort()));
      node.join();

      assertThat(code).isEqualTo(expected);
      assertThat(printed.toString(UTF_8)).isEqualTo(status + System.lineSeparator());
      assertThat(asked.toString()).isEqualTo("GET /health HTTP/1.1");
    }
  }

  @Test
  void asksForThePathThatIsGiven() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      StringBuilder asked = new StringBuilder();
      Thread node = answerOnce(server, "HTTP/1.1 200 OK\r\n\r\n", asked);
      run("http://127.0.0.1:" + server.getLocalPort() + "/ready", Map.of());
      node.join();
      assertThat(asked.toString()).isEqualTo("GET /ready HTTP/1.1");
    }
  }

  @Test
  void failsWhereNobodyListens() throws Exception {
    int free;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = server.getLocalPort();
    }
    assertThat(run("", Map.of("PORT", "" + free))).isEqualTo(1);
    assertThat(printed.toString(UTF_8)).startsWith("no answer: ");
  }

  @ParameterizedTest
  @CsvSource({
    "'',        '',   127.0.0.1:8080",
    "0.0.0.0,   9000, 127.0.0.1:9000",
    "'::',      9000, 127.0.0.1:9000",
    "127.1.2.3, '',   127.1.2.3:8080",
    "192.0.2.1, '',   127.0.0.1:8080",
    "::1,       '',   [::1]:8080",
    "[::1],     9000, [::1]:9000",
    "'[::]',    9000, 127.0.0.1:9000",
    "localhost, 9000, localhost:9000",
    "tcp://10.0.0.9:1, tcp://10.0.0.9:9601, 127.0.0.1:8080",
    "x86_64-conda-linux-gnu.invalid, 9000, 127.0.0.1:9000"
  })
  void asksWhereTheVariablesMakeANodeListen(String host, String port, String expected) {
    assertThat(HealthProbe.nodeOf(VARIABLES, Map.of("HOST", host, "PORT", port)))
        .hasToString(expected);
  }

  /** Containers have such names; a URI has no host then. */
  @Test
  void asksAHostWhoseNameHasAnUnderscore() {
    assertThat(HealthProbe.nodeOf(VARIABLES, Map.of("CARILLON_HOST", "carillon_node.invalid")))
        .hasToString("carillon_node.invalid:8080");
    assertThat(run("", Map.of("CARILLON_HOST", "carillon_node.invalid"))).isEqualTo(1);
    assertThat(run("http://carillon_node.invalid:9000/ready", Map.of())).isEqualTo(1);
    assertThat(printed.toString(UTF_8).lines())
        .containsOnly("no answer: no address for carillon_node.invalid")
        .hasSize(2);
  }

  @Test
  void prefersOurVariables() {
    Map<String, String> ours =
        Map.of("CARILLON_HOST", "[::1]", "HOST", "10.1.2.3", "REVERB_SERVER_PORT", "9000");
    assertThat(HealthProbe.nodeOf(VARIABLES, ours)).hasToString("[::1]:9000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1:8080", "localhost:8080", "ws://127.0.0.1", "http://127.0.0.1:no-port"})
  void doesNotAskAnotherNodeThanTheOneThatWasMeant(String url) {
    assertThat(run(url, Map.of())).isEqualTo(1);
    assertThat(printed.toString(UTF_8)).contains("no answer: ", "http://127.0.0.1:8080/ready");
  }

  @Test
  void saysWhichVariableIsNoPort() {
    assertThat(run("", Map.of("PORT", "http"))).isEqualTo(1);
    assertThat(printed.toString(UTF_8)).contains("PORT: \"http\" (expected: a port");
  }

  @ParameterizedTest
  @CsvSource({
    "health, true",
    "health http://127.0.0.1:1, true",
    "health --help, false",
    "serve, false"
  })
  void leavesEverythingElseToTheCommandLine(String words, boolean asked) {
    assertThat(HealthProbe.isAsked(words.split(" "))).isEqualTo(asked);
  }
}
