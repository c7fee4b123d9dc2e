package io.carillon.server.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** What the JDK's client throws, and what people are told. */
class NetworkFailureTest {

  private static String reason(String url) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      Exception failure = catchException(() -> http.send(request, BodyHandlers.discarding()));
      return NetworkFailure.reason(failure);
    }
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @Test
  void nobodyListens() throws IOException {
    int port;
    try (ServerSocket closed = listen()) {
      port = closed.getLocalPort();
    }

    assertThat(reason("http://127.0.0.1:" + port)).isEqualTo("connection refused");
  }

  @Test
  void nobodyIsCalledSo() {
    assertThat(reason("http://carillon.invalid/")).isEqualTo("no such host");
  }

  @Test
  void theOtherSideSpeaksSomethingElse() throws IOException {
    try (ServerSocket server = listen()) {
      Thread.startVirtualThread(() -> serve(server, new byte[0]));
      assertThat(reason("http://127.0.0.1:" + server.getLocalPort()))
          .contains("without an answer", "wss://");
    }
    try (ServerSocket server = listen()) {
      byte[] alert = {21, 3, 3, 0, 2, 2, 10}; // RFC 8446, section 6: unexpected_message.
      Thread.startVirtualThread(() -> serve(server, alert));
      assertThat(reason("http://127.0.0.1:" + server.getLocalPort())).contains("wss://");
    }
    try (ServerSocket server = listen()) {
      Thread.startVirtualThread(() -> serve(server, "HTTP/1.1 400 No\r\n\r\n".getBytes(US_ASCII)));
      assertThat(reason("https://127.0.0.1:" + server.getLocalPort()))
          .isEqualTo("it speaks no TLS; give ws:// or http://");
    }
  }

  /** Reads something, answers that, and ends each connection. */
  private static void serve(ServerSocket server, byte[] answer) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        assertThat(client.getInputStream().read()).isNotNegative();
        client.getOutputStream().write(answer);
        client.shutdownOutput();
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        // The next one.
      }
    }
  }
}
