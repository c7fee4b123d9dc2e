package io.carillon.server.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.broker.InMemoryBus;
import io.carillon.http.HeldRequest;
import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpExchange;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.HttpRoutes;
import io.carillon.http.PathPattern;
import io.carillon.http.PathPrefix;
import io.carillon.hub.Hub;
import io.carillon.hub.HubConfig;
import io.carillon.hub.HubShard;
import io.carillon.hub.LastPublications;
import io.carillon.message.Incarnation;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import io.carillon.protocol.topics.TopicsConfig;
import io.carillon.protocol.topics.TopicsProtocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that are held open until an event, over real sockets. */
@Timeout(60)
class LongPollTest {

  private static final Incarnation NODE = new Incarnation(1, 2);
  private static final int PLACES = 2;
  private static final TransportConfig CONFIG =
      TransportConfig.DEFAULTS.at("127.0.0.1", 0).withLimits(PLACES, 1000, Duration.ofSeconds(25));

  private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)\r\n");

  private final Transport transport = new Transport(CONFIG, NODE, 2);
  private final Hub hub =
      new Hub(
          NODE,
          new InMemoryBus().connect(),
          transport.loops(),
          HubConfig.DEFAULTS,
          LastPublications.NONE,
          System::nanoTime,
          InstantSource.system());
  private final List<Poll> polls = new CopyOnWriteArrayList<>();
  private final List<String> ends = new CopyOnWriteArrayList<>();
  private final List<HubShard> shards = new CopyOnWriteArrayList<>();
  private final List<Client> clients = new ArrayList<>();
  private InetSocketAddress address = InetSocketAddress.createUnresolved("none", 0);

  /** A request that waits. */
  private final class Poll implements HeldRequest {
    final HttpExchange exchange;

    Poll(HttpExchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public void onGone() {
      polls.remove(this);
      ends.add("gone");
    }

    @Override
    public void onShutdown() {
      polls.remove(this);
      ends.add("shutdown");
      exchange.answer(HttpReply.text(200, "bye"));
    }
  }

  /** {@code GET /poll} waits until the test answers it. */
  private final class Polling implements HttpAdmission.Admitted {
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
      if (exchange.shard().loop().inLoop()) {
        shards.add(exchange.shard());
      }
      Poll poll = new Poll(exchange);
      if (exchange.hold(poll)) {
        polls.add(poll);
      } else {
        exchange.answer(HttpReply.text(503, "no place"));
      }
    }
  }

  private final class Door implements Gatekeeper {
    @Override
    public HttpRoutes routes() {
      return new HttpRoutes(
          PathPrefix.NONE,
          List.of(HttpRoute.of("GET", PathPattern.exact("/poll"), _ -> new Polling())),
          _ -> HttpReply.text(404, ""));
    }

    @Override
    public Optional<HttpReply> refusal() {
      return Optional.empty();
    }

    @Override
    public Optional<Protocol> protocol(Handshake handshake) {
      return Optional.of(new TopicsProtocol(TopicsConfig.DEFAULTS));
    }
  }

  /** A connection of a client that reads one answer after the other. */
  private final class Client {
    final Socket socket;

    Client() throws IOException {
      socket = new Socket(address.getAddress(), address.getPort());
      socket.setSoTimeout(20_000);
      clients.add(this);
    }

    void ask(String head) throws IOException {
      socket.getOutputStream().write((head + "\r\n").getBytes(US_ASCII));
    }

    void poll() throws IOException {
      ask("GET /poll HTTP/1.1\r\nHost: h\r\n");
    }

    /** The next answer's status and body. */
    String answer() throws IOException {
      StringBuilder head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        int next = socket.getInputStream().read();
        if (next < 0) {
          return "end";
        }
        head.append((char) next);
      }
      Matcher length = LENGTH.matcher(head);
      assertThat(length.find()).as("%s", head).isTrue();
      String body =
          new String(
              socket.getInputStream().readNBytes(Integer.parseInt(length.group(1))), US_ASCII);
      return head.substring(9, 12) + " " + body;
    }
  }

  @BeforeEach
  void start() throws IOException {
    address = transport.listen(hub, new Door());
  }

  @AfterEach
  void stop() throws IOException {
    for (Client client : clients) {
      client.socket.close();
    }
    transport.close();
  }

  private Client polling() throws IOException {
    int before = polls.size();
    Client client = new Client();
    client.poll();
    await().until(() -> polls.size() == before + 1);
    return client;
  }

  /** Answers all requests that wait, from this thread, which is no loop's. */
  private void say(String text) {
    for (Poll poll : List.copyOf(polls)) {
      polls.remove(poll);
      poll.exchange.answer(HttpReply.text(200, text));
    }
  }

  @Test
  void answersAPollWhenSomethingComesAndKeepsItsConnectionForTheNext() throws IOException {
    Client one = polling();
    Client other = polling();
    assertThat(transport.clients()).as("each takes the place of a client").isEqualTo(2);
    say("first");
    assertThat(one.answer()).isEqualTo("200 first");
    assertThat(other.answer()).isEqualTo("200 first");
    assertThat(transport.clients()).isZero();
    one.poll();
    await().until(() -> polls.size() == 1);
    say("second");
    assertThat(one.answer()).isEqualTo("200 second");
    assertThat(ends).as("an answer is no early end").isEmpty();
  }

  @Test
  void givesAHandlerThePartOfTheHubThatItsLoopOwns() throws IOException {
    polling();
    polling();
    assertThat(shards).hasSize(2).doesNotHaveDuplicates();
    assertThat(hub.shards()).containsAll(shards);
  }

  @Test
  void tellsWhenTheClientHasGoneAndDropsTheAnswer() throws IOException {
    Client client = polling();
    Poll poll = polls.getFirst();
    client.socket.close();
    await().until(() -> ends.equals(List.of("gone")));
    await().until(() -> transport.clients() == 0);
    poll.exchange.answer(HttpReply.text(200, "too late"));
    Client next = polling();
    say("hello");
    assertThat(next.answer()).isEqualTo("200 hello");
  }

  @Test
  void sendsTheFirstOfTwoAnswers() throws IOException {
    Client client = polling();
    HttpExchange exchange = polls.getFirst().exchange;
    say("one");
    exchange.answer(HttpReply.text(200, "two"));
    assertThat(client.answer()).isEqualTo("200 one");
    client.ask("GET /nothing HTTP/1.1\r\nHost: h\r\n");
    assertThat(client.answer()).isEqualTo("404 ");
  }

  @Test
  void holdsNoMoreRequestsThanItHasPlacesForClients() throws IOException {
    Client first = polling();
    polling();
    Client third = new Client();
    third.poll();
    assertThat(third.answer()).isEqualTo("503 no place");
    third.ask(
        """
        GET / HTTP/1.1\r
        Host: h\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        """);
    assertThat(third.answer()).isEqualTo("503 This node is full; try another.\n");
    first.socket.close();
    await().until(() -> transport.clients() == 1);
    polling();
  }

  @Test
  void closesItsClientsWhenTheNodeDrains() throws IOException {
    Client one = polling();
    Client other = polling();
    transport.stopKeeping();
    CompletableFuture<Void> closed = transport.closeClients(Duration.ZERO);
    assertThat(one.answer()).isEqualTo("200 bye");
    assertThat(other.answer()).isEqualTo("200 bye");
    assertThat(one.answer()).as("its connection is closed behind that").isEqualTo("end");
    await().until(closed::isDone);
    assertThat(ends).containsExactly("shutdown", "shutdown");
    Client late = new Client();
    late.poll();
    assertThat(late.answer()).as("from now on nothing waits").isEqualTo("503 no place");
  }
}
