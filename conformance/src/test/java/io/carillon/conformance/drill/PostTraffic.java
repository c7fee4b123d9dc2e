package io.carillon.conformance.drill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Json;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Threads;
import io.carillon.conformance.pusher.SignedRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Backends that publish by POST through a balancer: events, batches and messages to a topic. Each
 * sends one request after the other, on one connection for as long as the balancer keeps it, and
 * never repeats one. The journal gets what each answer says. Each backend has a thread.
 */
final class PostTraffic implements AutoCloseable {

  /** One of topics.publish_keys, which the nodes must be given. */
  static final String KEY = "canary-key-canary-key";

  /** The channel and the topic. */
  static final String NAME = "drill";

  private static final int BACKENDS = 6;
  private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final Duration STANDSTILL = Duration.ofMillis(300);
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

  private final URI balancer;
  private final Journal journal;
  private final List<Backend> backends =
      IntStream.range(0, BACKENDS).mapToObj(Backend::new).toList();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean publishing = true;

  PostTraffic(int port, Journal journal) {
    this.balancer = URI.create("http://127.0.0.1:" + port);
    this.journal = journal;
  }

  PostTraffic start() {
    for (Backend backend : backends) {
      threads.add(Thread.ofVirtual().name("backend " + backend.number).start(backend::run));
    }
    return this;
  }

  /** Waits until each backend was told so many more times that a request was accepted. */
  void awaitAccepted(int more) {
    List<Integer> wanted = backends.stream().map(it -> it.accepted.get() + more).toList();
    for (int i = 0; i < wanted.size(); i++) {
      Backend backend = backends.get(i);
      int enough = wanted.get(i);
      await().atMost(Patience.LIMIT).until(() -> backend.accepted.get() >= enough);
    }
  }

  /** Waits until no request has been answered for a while: each backend has one under way. */
  void awaitStandstill() {
    AtomicInteger before = new AtomicInteger(-1);
    await()
        .atMost(Patience.LIMIT)
        .during(STANDSTILL)
        .until(
            () -> {
              int now = backends.stream().mapToInt(it -> it.answered.get()).sum();
              return before.getAndSet(now) == now;
            });
  }

  /** No further requests; all answers are in the journal. */
  void stop() {
    publishing = false;
    Threads.join(threads);
  }

  @Override
  public void close() {
    stop();
  }

  /**
   * A request, and the lines that listeners receive of it. Every line counts as a sender of its own
   * in the journal: requests of one backend go to both nodes, which promises no order.
   */
  private record Post(List<String> lines, String text) {

    static Post of(int backend, int number) {
      String first = "b%d#%d: %d".formatted(backend, number, number);
      String second = "b%d#%dx: %d".formatted(backend, number, number);
      return switch (backend % 3) {
        case 0 -> new Post(List.of(first), SignedRequest.event(NAME, "e", first).text());
        case 1 -> new Post(List.of(first, second), batch(first, second));
        default -> new Post(List.of(first), toTopic(first));
      };
    }

    private static String batch(String... lines) {
      List<Map<String, String>> events =
          List.of(lines).stream()
              .map(line -> Map.of("name", "e", "channel", NAME, "data", line))
              .toList();
      return SignedRequest.post("batch_events", Json.text(Map.of("batch", events))).text();
    }

    private static String toTopic(String line) {
      return "POST /topics/%s HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s"
          .formatted(NAME, KEY, line.getBytes(UTF_8).length, line);
    }
  }

  /** Runs on its own thread; others read its progress. */
  private final class Backend {

    private final int number;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private @Nullable RawClient connection;

    Backend(int number) {
      this.number = number;
    }

    void run() {
      for (int i = 1; publishing; i++) {
        Post post = Post.of(number, i);
        long sentAt = journal.now();
        Journal.Fate fate = send(post);
        answered.incrementAndGet();
        post.lines().forEach(line -> journal.settle(line, sentAt, fate));
        if (fate == Journal.Fate.ACCEPTED) {
          accepted.incrementAndGet();
        }
        LockSupport.parkNanos(PACE_NANOS);
      }
      hangUp();
    }

    private Journal.Fate send(Post post) {
      try {
        String answer = answerTo(post.text());
        return switch (answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length())) {
          case "200", "202" -> Journal.Fate.ACCEPTED;
          case "503" -> Journal.Fate.REFUSED;
          case "502", "504" -> Journal.Fate.UNKNOWN;
          default -> {
            journal.wrong(post.lines() + " was answered with " + answer);
            yield Journal.Fate.UNKNOWN;
          }
        };
      } catch (AssertionError noAnswer) {
        hangUp();
        journal.wrong(post.lines() + " had no answer");
        return Journal.Fate.UNKNOWN;
      }
    }

    private String answerTo(String request) {
      if (connection == null) {
        connection = RawClient.dial(balancer);
      }
      String head = connection.send(request).readHead();
      Matcher length = LENGTH.matcher(head);
      String body =
          length.find()
              ? connection.readText(Integer.parseInt(length.group(1)))
              : connection.readBody();
      if (head.toLowerCase(Locale.ROOT).contains("connection: close")) {
        hangUp();
      }
      return head + body;
    }

    private void hangUp() {
      if (connection != null) {
        connection.close();
        connection = null;
      }
    }
  }
}
