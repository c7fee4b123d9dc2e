package io.carillon.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.carillon.broker.InMemoryBus;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoutes;
import io.carillon.http.PathPrefix;
import io.carillon.hub.Connection;
import io.carillon.hub.Disconnect;
import io.carillon.hub.Frame;
import io.carillon.hub.Hub;
import io.carillon.hub.HubConfig;
import io.carillon.hub.LastPublications;
import io.carillon.message.Incarnation;
import io.carillon.protocol.Answer;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import io.carillon.protocol.Session;
import io.carillon.protocol.topics.TopicsConfig;
import io.carillon.protocol.topics.TopicsProtocol;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection from its handshake to its close, over real sockets of this machine. */
@Timeout(30)
class TransportTest {

  private static final int MAX_CLIENTS = 2;
  private static final Incarnation NODE = new Incarnation(1, 2);
  private static final TransportConfig CONFIG =
      TransportConfig.DEFAULTS
          .at("127.0.0.1", 0)
          .withLimits(MAX_CLIENTS, 1000, Duration.ofSeconds(25));

  private static final String HANDSHAKE =
      """
      GET /?name=Ada HTTP/1.1
      Host: h
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Version: 13

      """;

  private final InMemoryBus bus = new InMemoryBus();
  private final Transport transport = new Transport(CONFIG, NODE, 2);
  private final Hub hub =
      new Hub(
          NODE,
          bus.connect(),
          transport.loops(),
          HubConfig.DEFAULTS,
          LastPublications.NONE,
          System::nanoTime,
          InstantSource.system());
  private InetSocketAddress address = InetSocketAddress.createUnresolved("none", 0);

  private final List<String> heard = new CopyOnWriteArrayList<>();

  /** Read by the loops, changed before a client connects. */
  private volatile Protocol protocol = new TopicsProtocol(TopicsConfig.DEFAULTS);

  /** Accepts every client, with one protocol. */
  private final class OpenDoor implements Gatekeeper {

    @Override
    public HttpRoutes routes() {
      return new HttpRoutes(PathPrefix.NONE, List.of(), _ -> HttpReply.text(404, ""));
    }

    @Override
    public Optional<HttpReply> refusal() {
      return Optional.empty();
    }

    @Override
    public Optional<Protocol> protocol(Handshake handshake) {
      return Optional.of(protocol);
    }
  }

  /** Sends its client a message, and closes the connection, before the session exists. */
  private final class Goodbye implements Protocol {
    @Override
    public boolean claims(Handshake handshake) {
      return true;
    }

    @Override
    public Answer answer(Handshake handshake) {
      return new Answer.Welcome("", (connection, shard) -> open(connection));
    }

    private Session open(Connection connection) {
      connection.send(Frame.text("The bus is gone."));
      connection.close(Disconnect.RESTART);
      return new Session() {
        @Override
        public void onText(String text) {
          heard.add(text);
        }

        @Override
        public void onBinary(byte[] data) {
          heard.add("binary");
        }

        @Override
        public CompletionStage<Disconnect> onShutdown() {
          return CompletableFuture.completedFuture(Disconnect.RESTART);
        }

        @Override
        public void onClosed() {
          heard.add("closed");
        }
      };
    }
  }

  @BeforeEach
  void start() throws IOException {
    address = transport.listen(hub, new OpenDoor());
    hub.start().toCompletableFuture().join();
  }

  @AfterEach
  void stop() {
    transport.close();
    bus.close();
  }

  /** A client that writes and reads bytes, and does nothing by itself. */
  private final class Client implements AutoCloseable {
    private final Socket socket = new Socket(address.getAddress(), address.getPort());
    private final DataInputStream in = new DataInputStream(socket.getInputStream());

    Client(byte[]... behindTheHandshake) throws IOException {
      socket.setTcpNoDelay(true);
      socket
          .getOutputStream()
          .write(
              ClientFrames.join(
                  HANDSHAKE.replace("\n", "\r\n").getBytes(ISO_8859_1),
                  ClientFrames.join(behindTheHandshake)));
    }

    /** The head of the answer to the handshake. */
    String head() throws IOException {
      StringBuilder head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        head.append((char) in.readUnsignedByte());
      }
      return head.toString();
    }

    Client greeted() throws IOException {
      assertThat(head()).startsWith("HTTP/1.1 101 Switching Protocols\r\n");
      expect("Welcome, Ada!");
      expect("System: Subscribed to \"lobby\".");
      expect(
          "System: Send JSON messages to subscribe, unsubscribe, publish, or list subscriptions.");
      return this;
    }

    void expect(String text) throws IOException {
      expect(Frame.text(text));
    }

    void expect(Frame frame) throws IOException {
      byte[] bytes = in.readNBytes(frame.size());
      assertThat(HexFormat.of().formatHex(bytes))
          .as(new String(bytes, ISO_8859_1))
          .isEqualTo(HexFormat.of().formatHex(frame.bytes()));
    }

    void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void keepsFramesThatComeWithTheHandshake() throws IOException {
    byte[][] early =
        new byte[][] {
          ClientFrames.text("one"),
          ClientFrames.text("two"),
          Arrays.copyOf(ClientFrames.text("three"), 4)
        };
    try (Client client = new Client(early).greeted()) {
      client.expect("[lobby] Ada: one");
      client.expect("[lobby] Ada: two");
      client.send(Arrays.copyOfRange(ClientFrames.text("three"), 4, 11));
      client.expect("[lobby] Ada: three");
    }
  }

  @Test
  void deliversTheLastWordsOfASessionThatClosesWhileItIsOpened() throws IOException {
    protocol = new Goodbye();
    try (Client client = new Client(ClientFrames.text("early"))) {
      assertThat(client.head()).startsWith("HTTP/1.1 101 Switching Protocols\r\n");
      client.expect("The bus is gone.");
      client.expect(Frame.close(1012, "service restart"));
      assertThat(client.in.read()).as("the end of the stream").isEqualTo(-1);
    }
    await().until(() -> transport.clients() == 0);
    await().untilAsserted(() -> assertThat(heard).containsExactly("closed"));
  }

  @Test
  void connectsClientsOfAllLoops() throws IOException {
    try (Client first = new Client().greeted();
        Client second = new Client().greeted()) {
      first.send(ClientFrames.text("hello"));
      first.expect("[lobby] Ada: hello");
      second.expect("[lobby] Ada: hello");
    }
  }

  @Test
  void letsNoMoreClientsInThanItMayAndNextOnesWhenSomeHaveLeft() throws IOException {
    try (Client first = new Client().greeted();
        Client second = new Client().greeted();
        Client third = new Client()) {
      assertThat(third.head())
          .startsWith("HTTP/1.1 503 ")
          .containsPattern("Retry-After: [1-5]\r\n");
      assertThat(third.in.readAllBytes()).isNotEmpty();
      assertThat(transport.clients()).isEqualTo(MAX_CLIENTS);
      first.socket.close();
      await().until(() -> transport.clients() == 1);
      new Client().greeted().close();
      second.send(ClientFrames.text("still here"));
      second.expect("[lobby] Ada: still here");
    }
  }

  @Test
  void tellsEveryClientWhenTheNodeStopsAndWaitsUntilAllHaveLeft() throws IOException {
    try (Client first = new Client().greeted();
        Client second = new Client().greeted()) {
      transport.stopListening();
      assertThatIOException().isThrownBy(Client::new);
      CompletableFuture<Void> left = transport.closeClients(Duration.ofMillis(100));
      for (Client client : new Client[] {first, second}) {
        client.expect(Frame.close(1012, "service restart"));
        assertThat(client.in.read()).as("the end of the stream").isEqualTo(-1);
        assertThat(left).as("a client is left").isNotDone();
        client.socket.close();
      }
      left.join();
      assertThat(transport.clients()).isZero();
    }
  }

  @Test
  void saysWhichAddressItCannotHave() {
    Transport other = new Transport(CONFIG.at("127.0.0.1", address.getPort()), NODE, 1);
    try (other) {
      assertThatIOException()
          .isThrownBy(() -> other.listen(hub, new OpenDoor()))
          .withMessageStartingWith("Cannot listen on 127.0.0.1:" + address.getPort() + ": ");
    }
  }
}
