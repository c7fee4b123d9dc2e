package io.carillon.benchmark.micro;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.carillon.broker.InMemoryBroker;
import io.carillon.broker.InMemoryBus;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Sources;
import io.carillon.message.Incarnation;
import io.carillon.message.Publication;
import io.carillon.server.Parts;
import io.carillon.server.Server;
import io.carillon.server.ServerConfig;
import io.carillon.server.config.NodeConfiguration;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A whole node in this process, the sockets of its clients, and a publisher on its bus. */
final class SocketNode {

  private static final String HANDSHAKE =
      """
      GET /?name=Alice HTTP/1.1\r
      Host: localhost\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      \r
      """;

  private static final String LAST_OF_GREETING = "list subscriptions.";

  /** The header of a frame with more than 125 and less than 64 Ki bytes. */
  private static final int HEADER = 4;

  private final InMemoryBus bus = new InMemoryBus();
  private final InMemoryBroker publisher = bus.connect();
  private final Server server = new Server(config(bus));
  private final List<SocketChannel> clients = new ArrayList<>();
  private final ByteBuffer received = ByteBuffer.allocateDirect(64 << 10);

  /** One loop, and no pings, because these clients don't answer pings. */
  private static ServerConfig config(InMemoryBus bus) {
    List<Sources.Flag> flags =
        Stream.of(
                "port=0",
                "node_id=node",
                "threads=1",
                "limits.max_connections=10000",
                "limits.heartbeat=1h",
                "page.enabled=false")
            .map(text -> text.split("=", 2))
            .map(pair -> new Sources.Flag("--set", pair[0], pair[1]))
            .toList();
    try {
      return NodeConfiguration.load(Parts.standard().on(bus), new Sources(null, Map.of(), flags))
          .server();
    } catch (InvalidConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  void start(int count) throws Exception {
    publisher.start(new Incarnation(1, 2), new NoListener());
    InetSocketAddress address = server.start().toCompletableFuture().get();
    for (int i = 0; i < count; i++) {
      SocketChannel client = SocketChannel.open(address);
      clients.add(client);
      client.write(US_ASCII.encode(HANDSHAKE));
      readGreeting(client);
    }
  }

  private void readGreeting(SocketChannel client) throws IOException {
    received.clear();
    String heard = "";
    while (!heard.endsWith(LAST_OF_GREETING)) {
      readSome(client);
      heard = US_ASCII.decode(received.duplicate().flip()).toString();
    }
  }

  /** Publishes this many messages at once, and reads them from every socket. */
  void round(int messages, int bytes) throws IOException {
    Publication publication = Messages.publication(bytes);
    for (int i = 0; i < messages; i++) {
      publisher.publish(publication, _ -> {});
    }
    String head = "[" + Messages.LOBBY.name() + "] " + publication.sender() + ": ";
    int expected = messages * (HEADER + head.length() + bytes);
    // The last socket first: once it has its part, all others have theirs, and no read waits.
    for (int i = clients.size() - 1; i >= 0; i--) {
      received.clear().limit(expected);
      while (received.hasRemaining()) {
        readSome(clients.get(i));
      }
    }
  }

  private void readSome(SocketChannel client) throws IOException {
    if (client.read(received) < 0) {
      throw new EOFException("the node has closed a connection");
    }
  }

  void close() throws IOException {
    for (SocketChannel client : clients) {
      client.close();
    }
    server.close();
    publisher.close();
  }
}
