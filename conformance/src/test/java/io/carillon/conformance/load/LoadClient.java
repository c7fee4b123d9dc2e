package io.carillon.conformance.load;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.machine.Patience;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * One client under load. Its socket's thread notes the numbers of the messages that it hears; any
 * thread may use the rest.
 */
final class LoadClient implements AutoCloseable {

  /**
   * After the end of the time for which a client must have received everything: later messages may
   * come too late.
   */
  private static final Duration GRACE = Duration.ofSeconds(3);

  /** The last words are among this many last messages. */
  private static final int RECENT = 10_000;

  private final String name;
  private final int node;
  private final List<Integer> heard = new ArrayList<>();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final CompletableFuture<Instant> end = new CompletableFuture<>();
  private final Set<String> topics = new LinkedHashSet<>();
  private final Hearer hearer;
  private final Client client;
  private volatile boolean left;
  private Instant from = Instant.EPOCH;

  /** Is told, on the socket's thread. */
  interface Hearer {
    /** A message came. */
    void heard(int number);

    /** The server reported the outcome of a message, but not of which one. */
    void told(Fate fate);
  }

  private LoadClient(URI url, int node, String name, Hearer hearer) {
    this.name = name;
    this.node = node;
    this.hearer = hearer;
    this.client = Client.listen(url.resolve("/?name=" + name), this::onText);
    client.end().whenComplete((_, _) -> end.complete(Instant.now()));
  }

  /** A client that is subscribed. */
  static LoadClient join(URI url, int node, String name, List<String> topics, Hearer hearer) {
    LoadClient client = new LoadClient(url, node, name, hearer);
    client.subscribe(topics);
    return client;
  }

  private void subscribe(List<String> wanted) {
    wanted.forEach(topic -> send("{\"action\":\"subscribe\",\"topic\":\"%s\"}".formatted(topic)));
    for (String topic : wanted) {
      awaitAnswer("System: Subscribed to \"" + topic + "\".");
    }
    topics.addAll(wanted);
    from = Instant.now();
  }

  private void awaitAnswer(String wanted) {
    String answer = "";
    while (!answer.equals(wanted)) {
      answer = nextAnswer(wanted);
      if (answer.startsWith("System: Unable") || answer.startsWith("System: Too many")) {
        throw new AssertionError(name + ": " + answer + " (expected: " + wanted + ")");
      }
    }
  }

  private String nextAnswer(String wanted) {
    try {
      String answer = answers.poll(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (answer == null) {
        throw new AssertionError(name + ": no answer (expected: " + wanted + ")");
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  String name() {
    return name;
  }

  int node() {
    return node;
  }

  boolean isOpen() {
    return !end.isDone();
  }

  /** Completes when the connection has ended, whoever ended it. */
  CompletableFuture<Instant> end() {
    return end;
  }

  /** Sends; returns whether that was possible. */
  boolean send(String text) {
    try {
      client.send(text);
      return true;
    } catch (CompletionException connectionEnded) {
      return false;
    }
  }

  /** Waits until it has heard those of these messages that it is subscribed to, or until then. */
  void awaitHeard(List<Message> messages, long nanoTime) {
    Set<Integer> wanted =
        messages.stream()
            .filter(message -> topics.contains(message.topic()))
            .map(Message::id)
            .collect(Collectors.toSet());
    while (System.nanoTime() < nanoTime && !hasHeard(wanted)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  /** Forgets among these what it has heard; whether nothing is left. */
  private boolean hasHeard(Set<Integer> wanted) {
    synchronized (heard) {
      wanted.removeAll(heard.subList(Math.max(0, heard.size() - RECENT), heard.size()));
      return wanted.isEmpty();
    }
  }

  /** What it has heard so far, and may be asked for. */
  Account account(String kind) {
    Instant left = end.isDone() ? end.join().minus(GRACE) : Instant.now();
    Instant until = left.isBefore(from) ? from : left;
    synchronized (heard) {
      return new Account(
          name, kind, node, Set.copyOf(topics), new Window(from, until), List.copyOf(heard));
    }
  }

  /** Whether the other side has ended the connection. */
  boolean wasCut() {
    return end.isDone() && !left;
  }

  @Override
  public void close() {
    left = !wasCut();
    end.complete(Instant.now());
    client.close();
  }

  private void onText(String text) {
    Optional<Fate> fate = Words.fate(text);
    if (fate.isPresent()) {
      hearer.told(fate.get());
    } else if (text.startsWith("[")) {
      hear(Words.number(text));
    } else {
      answers.add(text);
    }
  }

  private void hear(int number) {
    synchronized (heard) {
      heard.add(number);
    }
    hearer.heard(number);
  }
}
