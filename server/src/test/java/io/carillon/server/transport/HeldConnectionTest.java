package io.carillon.server.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.InMemoryBus;
import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpExchange;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.HttpRoutes;
import io.carillon.http.PathPattern;
import io.carillon.http.PathPrefix;
import io.carillon.hub.Hub;
import io.carillon.hub.HubConfig;
import io.carillon.hub.LastPublications;
import io.carillon.message.Incarnation;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that wait, and long answers, over real sockets. */
class HeldConnectionTest {

  private static final int MUCH = 64 << 20;
  private static final String REQUEST = "GET /slow HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final Incarnation NODE = new Incarnation(1, 2);

  /** A transfer that moves no byte for so long stands still: every buffer on the way is full. */
  private static final Duration STANDSTILL = Duration.ofSeconds(1);

  private final CompletableFuture<HttpReply> reply = new CompletableFuture<>();
  private final Transport transport =
      new Transport(TransportConfig.DEFAULTS.at("127.0.0.1", 0), NODE, 1);
  private InetSocketAddress address = InetSocketAddress.createUnresolved("none", 0);

  @BeforeEach
  void start() throws IOException {
    Hub hub =
        new Hub(
            NODE,
            new InMemoryBus().connect(),
            transport.loops(),
            HubConfig.DEFAULTS,
            LastPublications.NONE,
            System::nanoTime,
            InstantSource.system());
    address = transport.listen(hub, new SlowDoor());
  }

  @AfterEach
  void stop() {
    transport.stopListening();
    transport.close();
  }

  /** Answers each request when the test asks for it. */
  private final class SlowDoor implements Gatekeeper, HttpAdmission.Admitted {
    @Override
    public HttpRoutes routes() {
      return new HttpRoutes(
          PathPrefix.NONE,
          List.of(HttpRoute.any(PathPattern.below("/"), _ -> this)),
          _ -> HttpReply.text(404, ""));
    }

    @Override
    public Optional<HttpReply> refusal() {
      return Optional.empty();
    }

    @Override
    public Optional<Protocol> protocol(Handshake handshake) {
      return Optional.empty();
    }

    @Override
    public int maxBodyBytes() {
      return 0;
    }

    @Override
    public HttpReply tooLong() {
      return HttpReply.text(413, "");
    }

    @Override
    public void answer(HttpExchange exchange, byte[] body) {
      exchange.answerWith(reply);
    }
  }

  @Test
  void whatFollowsARequestWithoutItsAnswerStaysInTheSocket() throws IOException {
    ByteBuffer requests = ByteBuffer.wrap(REQUEST.repeat(10_000).getBytes(US_ASCII));
    try (SocketChannel client = SocketChannel.open(address);
        Selector writable = Selector.open()) {
      client.configureBlocking(false);
      client.register(writable, SelectionKey.OP_WRITE);
      long sent = 0;
      while (sent < MUCH && writable.select(STANDSTILL.toMillis()) > 0) {
        writable.selectedKeys().clear();
        requests.rewind();
        sent += client.write(requests);
      }
      assertThat(sent).isLessThan(MUCH);
    }
  }

  @Test
  void aLongAnswerReachesAClientThatIsSlowToTakeIt() throws IOException {
    String body = "x".repeat(MUCH / 4);
    reply.complete(new HttpReply(200, "text/plain", body, Map.of()));
    try (Socket client = new Socket()) {
      client.setReceiveBufferSize(4096);
      client.connect(address);
      client.getOutputStream().write((REQUEST + REQUEST).getBytes(US_ASCII));
      DataInputStream in = new DataInputStream(client.getInputStream());
      for (int i = 0; i < 2; i++) {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
          head.append((char) in.readUnsignedByte());
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 200 ");
        assertThat(in.readNBytes(body.length())).hasSize(body.length());
      }
    }
  }
}
