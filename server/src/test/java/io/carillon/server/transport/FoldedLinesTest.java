package io.carillon.server.transport;

import static io.carillon.server.transport.RoutedSocket.request;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Header lines that go on in a second line, split at every byte. */
class FoldedLinesTest {

  @ParameterizedTest
  @ValueSource(strings = {"X: y\r\n z\r\n", "X: y\r\n\tz\r\n", "X:\r\n y\r\n", " X: y\r\n"})
  void areRefused(String headers) {
    String whole = request("/up", headers) + request("/up", "");
    for (int split = 1; split < whole.length(); split++) {
      RoutedSocket http = new RoutedSocket();
      String answer = http.send(whole.substring(0, split)) + http.send(whole.substring(split));
      assertThat(answer).as("split at %d", split).startsWith("HTTP/1.1 400 ");
      assertThat(http.door.asked).as("split at %d", split).isEmpty();
    }
  }

  @Test
  void blanksElsewhereAreNoFoldedLines() {
    RoutedSocket http = new RoutedSocket();
    String body = "POST /up HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n\n \n ";
    String chunks =
        "POST /up HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n\n \r\n0\r\n\r\n";
    http.send(body + request("/up", "X:  y \r\n") + chunks + request("/up", ""));
    assertThat(http.door.asked).hasSize(4);
  }
}
