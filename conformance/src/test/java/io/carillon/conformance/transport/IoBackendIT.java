package io.carillon.conformance.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Authority;
import io.carillon.conformance.client.Frames;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever way the bytes take to the sockets, every client gets its own, whole and in order: those
 * who read at once, and those whose sockets are full again and again, so that sends end anywhere.
 */
class IoBackendIT {

  private static final int QUICK = 20;
  private static final int SLOW = 5;
  private static final int MESSAGES = 1_500;
  private static final int MOST_BYTES = 3_000;

  /** Far less than a burst, so that a slow one's socket fills. */
  private static final int SMALL_BUFFER = 4 << 10;

  /** No pings between the messages; and room for all that a slow one hasn't read. */
  private static final String[] FLAGS = {"--heartbeat=10m", "--set=limits.max_outbound=8MiB"};

  @AutoClose private static final Authority authority = new Authority();

  @AutoClose private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  enum Way {
    AUTO,
    EPOLL,
    NIO,
    TLS
  }

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private <T extends AutoCloseable> T closing(T resource) {
    open.push(resource);
    return resource;
  }

  @ParameterizedTest
  @EnumSource
  void everyClientHearsEverythingInOrder(Way way) throws Exception {
    long seed = RandomGenerator.getDefault().nextLong();
    System.out.println("IoBackendIT " + way + ": seed " + seed);
    Node node = closing(launch(way)).awaitReady();

    List<RawClient> quick = join(node, way, "quick", QUICK);
    List<RawClient> slow = join(node, way, "slow", SLOW);
    RawClient publisher = join(node, way, "publisher", 1).getFirst();
    List<String> messages = messages(RandomGeneratorFactory.getDefault().create(seed));
    List<CompletableFuture<Void>> readers =
        quick.stream()
            .map(client -> CompletableFuture.runAsync(() -> expectAll(client, messages), threads))
            .toList();
    for (int i = 0; i < messages.size(); i++) {
      publisher.send(Frames.text(messages.get(i)));
      if (i % 10 == 9) {
        for (int j = i - 9; j <= i; j++) {
          assertThat(publisher.readText()).isEqualTo("[lobby] publisher0: " + messages.get(j));
        }
      }
    }
    slow.forEach(client -> expectAll(client, messages));
    for (CompletableFuture<Void> quickReader : readers) {
      quickReader.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
    for (RawClient client : quick) {
      client.send(Frames.text("{\"action\":\"list\"}"));
      assertThat(client.readText()).as("nothing twice").startsWith("System: Current subs");
    }
  }

  private static Node launch(Way way) {
    return way == Way.TLS
        ? Node.launch(Map.of(), authority.issue().flags(FLAGS))
        : Node.launch(
            Map.of(),
            Stream.concat(Stream.of("--port=0", "--set=transport.io=" + way), Stream.of(FLAGS))
                .toArray(String[]::new));
  }

  private List<RawClient> join(Node node, Way way, String name, int count) throws Exception {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Socket socket = connect(node.url(), way, name.equals("slow"));
      clients.add(closing(RawClient.on(socket)).open(name + i));
    }
    return clients;
  }

  private static Socket connect(URI url, Way way, boolean slow) throws IOException {
    if (way == Way.TLS) {
      return slow ? authority.connectWithSmallBuffer(url) : authority.connect(url);
    }
    Socket socket = new Socket();
    if (slow) {
      socket.setReceiveBufferSize(SMALL_BUFFER);
    }
    socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
    return socket;
  }

  private static List<String> messages(RandomGenerator random) {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      messages.add("m" + i + " " + "x".repeat(random.nextInt(MOST_BYTES)) + "é");
    }
    return messages;
  }

  private static void expectAll(RawClient client, List<String> messages) {
    for (String message : messages) {
      assertThat(client.readText().getBytes(UTF_8))
          .isEqualTo(("[lobby] publisher0: " + message).getBytes(UTF_8));
    }
  }
}
