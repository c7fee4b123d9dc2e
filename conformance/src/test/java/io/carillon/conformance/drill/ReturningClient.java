package io.carillon.conformance.drill;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.load.Account;
import io.carillon.conformance.load.Window;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A client of the topics protocol that connects and subscribes again after each end of its
 * connection. It owns a virtual thread; any thread may call it.
 */
final class ReturningClient implements AutoCloseable {

  /** A publication shortly before the end of a connection may be on its way. */
  private static final Duration GRACE = Duration.ofMillis(250);

  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private final URI url;
  private final String topic;
  private final String name;
  private final List<Visit> visits = new ArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final Thread thread;
  private volatile boolean isClosed;

  /** Connects, and does not wait. */
  ReturningClient(URI url, String topic, String name) {
    this.url = url;
    this.topic = topic;
    this.name = name;
    this.thread = Thread.ofVirtual().name(name).start(this::run);
  }

  private void run() {
    while (!isClosed) {
      Visit visit = new Visit();
      try (Client client = Client.listen(url, visit::hears)) {
        add(visit);
        client.send("{\"action\":\"subscribe\",\"topic\":\"%s\"}".formatted(topic));
        client.end().toCompletableFuture().handle((_, _) -> "").get();
      } catch (CompletionException e) {
        refused.incrementAndGet();
      } catch (Exception e) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        visit.ends();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private synchronized void add(Visit visit) {
    visits.add(visit);
  }

  /** Whether its present connection is subscribed. */
  synchronized boolean isSubscribed() {
    return !visits.isEmpty() && visits.getLast().isSubscribed();
  }

  /** How often it has come back. */
  synchronized int returns() {
    return visits.size() - 1;
  }

  /** How many attempts to connect have failed. */
  int refused() {
    return refused.get();
  }

  /** What it has heard on all of its connections, in order. */
  synchronized List<Integer> heard() {
    return visits.stream().flatMap(visit -> visit.heard().stream()).toList();
  }

  /** One account for each of its connections that was subscribed. */
  synchronized List<Account> accounts() {
    return visits.stream().filter(Visit::wasSubscribed).map(Visit::account).toList();
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
  }

  /** One connection. */
  private final class Visit {
    private final List<Integer> heard = new ArrayList<>();
    private Instant from = Instant.MAX;
    private Instant to = Instant.MAX;

    synchronized void hears(String text) {
      String message = "[%s] Server: ".formatted(topic);
      if (text.startsWith(message)) {
        heard.add(Integer.valueOf(text.substring(message.length())));
      } else if (text.equals("System: Subscribed to \"%s\".".formatted(topic))) {
        from = Instant.now();
      }
    }

    synchronized void ends() {
      to = Instant.now();
    }

    synchronized boolean wasSubscribed() {
      return from.isBefore(Instant.MAX);
    }

    synchronized boolean isSubscribed() {
      return wasSubscribed() && to.equals(Instant.MAX);
    }

    synchronized List<Integer> heard() {
      return List.copyOf(heard);
    }

    synchronized Account account() {
      Instant until = to.equals(Instant.MAX) ? to : to.minus(GRACE);
      Window present = new Window(from, until.isBefore(from) ? from : until);
      return new Account(name, "clients", 0, Set.of(topic), present, List.copyOf(heard));
    }
  }
}
