package io.carillon.conformance.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.TcpTable;
import io.carillon.conformance.node.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Publishes through nginx, which keeps connections to the node between requests. A node that keeps
 * them for less time than nginx loses requests, since nginx never repeats a POST.
 */
@Isolated("pauses of a certain length")
class KeptConnectionsIT {

  private static final String KEY = "publish-key-publish-key-publish-key";
  private static final String PUBLISH =
      "POST /topics/a HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
          + KEY
          + "\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi";

  private static final String OK = "{\"status\":\"ok\"}\n";

  private static Node node(String keepAlive) {
    return node(keepAlive, "0s");
  }

  private static Node node(String keepAlive, String announce) {
    return Node.launch(
            Map.of(),
            "--port",
            "0",
            "--drain-announce",
            announce,
            "--set",
            "topics.publish_keys=" + KEY,
            "--set",
            "limits.keep_alive_timeout=" + keepAlive)
        .awaitReady();
  }

  /** The answer's status, on a connection that goes on. */
  private static String publish(RawClient client) {
    return status(client.send(PUBLISH));
  }

  private static String status(RawClient client) {
    String head = client.readHead();
    int length =
        head.lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElseThrow();
    client.readText(length);
    return head.substring(9, 12);
  }

  private static boolean isConnected(Nginx nginx, Node node) {
    try {
      return TcpTable.connectionsOf(nginx.pid()).stream()
          .anyMatch(connection -> connection.remotePort() == node.url().getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The order that loses requests: nginx hears of a request and then of the connection's end. */
  @Test
  void aNodeThatKeepsConnectionsForLessTimeThanNginxLosesARequest() {
    try (Node node = node("1s");
        Nginx nginx = Nginx.start(node, Duration.ofMinutes(1));
        RawClient backend = RawClient.dial(nginx.url())) {
      assertThat(publish(backend)).isEqualTo("202");
      assertThat(isConnected(nginx, node)).isTrue();

      nginx.suspend();
      backend.send(PUBLISH);
      await().atMost(Patience.LIMIT).until(() -> !isConnected(nginx, node));
      nginx.resume();

      assertThat(status(backend)).isEqualTo("502");
    }
  }

  /** A thousand, with pauses of about the time for which nginx keeps its connections. */
  @Test
  void aNodeThatKeepsThemForLongerLosesNone() throws Exception {
    Duration kept = Duration.ofMillis(200);
    int backends = 50;
    int each = 20;
    long seed = new SplittableRandom().nextLong();
    Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    try (Node node = node("1s");
        Nginx nginx = Nginx.start(node, kept)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < backends; i++) {
        SplittableRandom random = new SplittableRandom(seed + i);
        threads.add(
            Thread.startVirtualThread(
                () -> {
                  try (RawClient backend = RawClient.dial(nginx.url())) {
                    for (int n = 0; n < each; n++) {
                      answers.computeIfAbsent(publish(backend), _ -> new LongAdder()).increment();
                      pause(random.nextLong(kept.toNanos() * 8 / 10, kept.toNanos() * 12 / 10));
                    }
                  } catch (RuntimeException | AssertionError e) {
                    answers.computeIfAbsent(e.toString(), _ -> new LongAdder()).increment();
                  }
                }));
      }
      await().atMost(Patience.LIMIT).ignoreExceptions().until(() -> isConnected(nginx, node));
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(answers.toString()).as("seed %d", seed).isEqualTo("{202=" + backends * each + "}");
    }
  }

  private static void pause(long nanos) {
    long due = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** The silent client of a WebSocket keeps the node until its time to close is over. */
  @Test
  void aNodeThatLeavesTellsClientsAndThenClosesWhatIsKept() {
    try (Node node = node("75s", "1s");
        RawClient silent = RawClient.dial(node.url()).open("Ada");
        RawClient idle = RawClient.dial(node.url());
        RawClient busy = RawClient.dial(node.url())) {
      String check = "GET /up HTTP/1.1\r\nHost: h\r\n\r\n";
      for (RawClient kept : List.of(idle, busy)) {
        assertThat(kept.send(check).readHead()).containsIgnoringCase("keep-alive: timeout=75\r\n");
        kept.readText(OK.length());
      }

      node.terminate();
      node.awaitLog("is leaving");

      assertThat(busy.send(check).readHead())
          .startsWith("HTTP/1.1 404 ")
          .containsIgnoringCase("connection: close\r\n");
      busy.awaitHangUp();
      assertThat(idle.isHungUp()).isTrue();
      assertThat(node.isAlive()).as("it was closed before the end of the process").isTrue();
      silent.endOutput();
      assertThat(node.exitCode()).isZero();
    }
  }
}
