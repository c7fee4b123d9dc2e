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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code carillon drain} against a server that answers like a node. */
class DrainCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> asked = new ArrayList<>();
  private final HttpServer node;
  private int status = 202;
  private String body = "{\"status\":\"draining\",\"ends_within_ms\":8500}\n";

  DrainCommandTest() throws IOException {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          byte[] bytes = body.getBytes(UTF_8);
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

  private int run() {
    return CarillonCommand.lineOf(new DrainCommand(), Parts.standard())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> Failure.report(e, "drain", command.getErr()))
        .execute("--token=canary-token", "--url=http://127.0.0.1:" + node.getAddress().getPort());
  }

  @Test
  void asksTheNodeAndSaysWhenItEnds() {
    assertThat(run()).isZero();
    assertThat(asked).containsExactly("POST /drain");
    assertThat(out.toString())
        .isEqualTo(
            "The node at http://127.0.0.1:%d drains and ends within 8.5 s.%n"
                .formatted(node.getAddress().getPort()));
  }

  @Test
  void aWrongTokenIsAnError() {
    status = 401;
    assertThat(run()).isEqualTo(CarillonCommand.FAILED);
    assertThat(err.toString()).contains("the token is wrong").doesNotContain("canary");
  }

  @Test
  void anAnswerOfAnotherServerIsAnError() {
    body = "ok";
    assertThat(run()).isEqualTo(CarillonCommand.FAILED);
    assertThat(err.toString()).contains("its answer names no deadline (expected: metrics.port");
  }
}
