package io.carillon.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests whose end a proxy and a node could find at different places, so that the rest of one
 * would be taken for another request (RFC 9112 sections 2.2, 5, 6, 7 and 11.2). The node answers
 * none of them but with a refusal that ends the connection, and never reads a second request.
 */
@Timeout(60)
class SmugglingTest {

  private static final String SMUGGLED = "GET /up HTTP/1.1\r\nHost: h\r\n\r\n";

  private static Server server;
  private static InetSocketAddress address;

  @BeforeAll
  static void start() throws Exception {
    server = LocalNode.of(Map.of(), "port=0");
    address = server.start().toCompletableFuture().get();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<String> attempts() {
    String post = "POST /x HTTP/1.1\r\nHost: h\r\n";
    String chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
    return Stream.of(
        post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
        post + " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        post + "X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        post + "X: y\r\n\tfolded\r\nContent-Length: 0\r\n\r\n",
        post + "Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello",
        post + "Content-Length: 5\r\nContent-Length: 0\r\n\r\nhello",
        post + "Content-Length: 0, 5\r\n\r\nhello",
        post + "Content-Length: +5\r\n\r\nhello",
        post + "Content-Length: -1\r\n\r\n",
        post + "Content-Length: 0x5\r\n\r\nhello",
        post + "Content-Length: 5 5\r\n\r\nhello",
        post + "Content-Length: 18446744073709551621\r\n\r\nhello",
        post + "Content-Length : 5\r\n\r\nhello",
        post + "Content-Length: 5\r\nHost: other\r\n\r\nhello",
        "POST /x HTTP/1.1\r\nHost: h\nContent-Length: 5\r\n\r\nhello",
        "POST /x HTTP/1.1\nHost: h\nContent-Length: 5\n\nhello",
        post + "X: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        post + "X: a\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        post + "X: a\0b\r\nContent-Length: 0\r\n\r\n",
        post + "X\0: a\r\nContent-Length: 0\r\n\r\n",
        post + ": a\r\nContent-Length: 0\r\n\r\n",
        post + "no colon\r\nContent-Length: 0\r\n\r\n",
        "POST /x HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /x HTTP/1.1 HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n",
        "POST /x HTTP/2.0\r\nHost: h\r\nContent-Length: 0\r\n\r\n",
        chunked + "0\n\n",
        chunked + "2\nhi\n0\n\n",
        chunked + "2\r\nhi0\r\n\r\n",
        chunked + "2\r\nhi!\r\n0\r\n\r\n",
        chunked + "0x2\r\nhi\r\n0\r\n\r\n",
        chunked + "-2\r\nhi\r\n0\r\n\r\n",
        chunked + " 2\r\nhi\r\n0\r\n\r\n",
        chunked + "2;x\ny\r\nhi\r\n0\r\n\r\n",
        chunked + "ffffffffffffffff\r\nhi\r\n0\r\n\r\n",
        chunked + "100000000\r\nhi\r\n0\r\n\r\n",
        chunked + "\r\n0\r\n\r\n",
        chunked + "0\r\nX: a\n\r\n");
  }

  private static String send(String text) {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("attempts")
  void refusesARequestThatHasTwoReadings(String attempt) {
    String answer = send(attempt + SMUGGLED);
    assertThat(answer).matches("(?s)HTTP/1.1 (400|501|413|505) .*");
    assertThat(answer.toLowerCase(Locale.ROOT)).contains("connection: close");
    assertThat(answer.split("HTTP/1.1 (?=[0-9]{3} )", -1)).as("answers in %s", answer).hasSize(2);
    for (int split : List.of(1, attempt.length() / 2, attempt.length() - 1)) {
      assertThat(send(attempt.substring(0, split))).doesNotContain("HTTP/1.1 2");
    }
  }
}
