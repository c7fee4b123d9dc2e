package io.carillon.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.drill.Journal;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Threads;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that speak and listen while nodes come and go: one listener for each place of the fleet,
 * in all topics, and publishers that send the next message when the fate of the one before is
 * known. Clients stay until their connection ends; then listeners wait for their place's next node,
 * and publishers go elsewhere until it is there. Each has a thread.
 */
final class Traffic implements AutoCloseable {

  /** Enough to always have messages under way, and little enough to leave the machine usable. */
  private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final String GREETED =
      "System: Send JSON messages to subscribe, unsubscribe, publish, or list subscriptions.";
  private static final String UNAVAILABLE = "System: Message bus is unavailable.";
  private static final String NOBODY_KNOWS = "System: Unable to process that message right now.";

  private final Fleet fleet;
  private final Journal journal;
  private final List<String> topics;
  private final Map<Integer, Journal.Hearing> listening = new ConcurrentHashMap<>();
  private final List<AtomicInteger> acceptedAtHome = new ArrayList<>();
  private final List<Thread> publishers = new ArrayList<>();
  private final List<Thread> listeners = new ArrayList<>();
  private volatile boolean publishing = true;
  private volatile boolean open = true;

  Traffic(Fleet fleet, Journal journal, List<String> topics) {
    this.fleet = fleet;
    this.journal = journal;
    this.topics = topics;
  }

  /** Starts a listener at each place, and when they listen, so many publishers at each. */
  Traffic start(int publishersPerPlace) {
    for (int place = 1; place <= fleet.size(); place++) {
      int number = place;
      listeners.add(start("listener " + place, () -> listenAt(number)));
      awaitListener(place);
      fleet.balance(place);
    }
    for (int i = 0; i < publishersPerPlace * fleet.size(); i++) {
      int place = i % fleet.size() + 1;
      String name = "P" + i;
      String topic = topics.get(i / fleet.size() % topics.size());
      AtomicInteger accepted = new AtomicInteger();
      acceptedAtHome.add(accepted);
      publishers.add(start(name, () -> publishFrom(place, name, topic, accepted)));
    }
    return this;
  }

  private Thread start(String name, Runnable task) {
    return Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              try {
                task.run();
              } catch (RuntimeException | AssertionError e) {
                journal.wrong(name + " ended: " + e);
              }
            });
  }

  /** Waits until a program listens at this place. */
  void awaitListener(int place) {
    await()
        .atMost(Patience.LIMIT)
        .until(() -> listening.containsKey(place) && listening.get(place).isSubscribed());
  }

  /** Waits until each publisher has been heard so many more times on the node of its own place. */
  void awaitAccepted(int more) {
    List<Integer> wanted = acceptedAtHome.stream().map(count -> count.get() + more).toList();
    for (int i = 0; i < wanted.size(); i++) {
      AtomicInteger accepted = acceptedAtHome.get(i);
      int enough = wanted.get(i);
      await("P" + i).atMost(Patience.LIMIT).until(() -> accepted.get() >= enough);
    }
  }

  /** Waits until the listener at this place has heard all that was accepted before now. */
  void awaitHeard(int place) {
    Journal.Hearing hearing = Objects.requireNonNull(listening.get(place), "nobody listens");
    long now = journal.now();
    await("listener " + place)
        .atMost(Patience.LIMIT)
        .untilAsserted(() -> assertThat(journal.missing(hearing, now)).isEmpty());
  }

  /** No further messages; all that were sent are settled. */
  void stopPublishing() {
    publishing = false;
    Threads.join(publishers);
  }

  private void listenAt(int place) {
    for (int connection = 1; open; connection++) {
      URI url = fleet.awaitUp(place);
      String name = "L" + place + "." + connection;
      Journal.Hearing hearing = journal.open(name);
      try (Client client = Client.connect(url.resolve("/?name=" + name))) {
        client.expectGreeting(name);
        topics.forEach(topic -> subscribe(client, topic, hearing));
        hearing.subscribed();
        listening.put(place, hearing);
        hearAll(client, hearing);
      } catch (CompletionException gone) {
        // The node ended before it accepted the connection.
      }
      if (open && fleet.isUp(place, url)) {
        journal.wrong(name + " was left by a node that should stay");
      }
      listening.remove(place, hearing);
    }
  }

  private void hearAll(Client client, Journal.Hearing hearing) {
    while (open) {
      Optional<String> frame = client.poll();
      if (frame.isPresent()) {
        hearing.hear(frame.orElseThrow());
      } else if (client.isClosed()) {
        return;
      }
    }
  }

  private static void subscribe(Client client, String topic, Journal.Hearing hearing) {
    client.sendSubscribe(topic);
    String answer = "System: Subscribed to \"" + topic + "\".";
    for (String frame = client.next(); !frame.equals(answer); frame = client.next()) {
      hearing.hear(frame);
    }
  }

  private void publishFrom(int place, String name, String topic, AtomicInteger acceptedAtHome) {
    long number = 0;
    for (int connection = 1; publishing; connection++) {
      URI url = fleet.preferring(place);
      String unique = name + "." + connection;
      try (Client client = Client.connect(url.resolve("/?name=" + unique))) {
        if (!isWelcome(client, topic)) {
          continue;
        }
        while (publishing && !client.isClosed() && !fleet.isBackElsewhere(place, url)) {
          Journal.Fate fate = publish(client, topic, unique, ++number);
          if (fate == Journal.Fate.ACCEPTED && fleet.isUp(place, url)) {
            acceptedAtHome.incrementAndGet();
          }
          LockSupport.parkNanos(PACE_NANOS);
        }
      } catch (CompletionException gone) {
        LockSupport.parkNanos(PACE_NANOS);
      }
    }
  }

  /** Greeted and subscribed; false when the connection ends before. */
  private static boolean isWelcome(Client client, String topic) {
    // The demo drops messages that come before it has greeted.
    return hasCome(client, GREETED)
        && hasCome(client.sendSubscribe(topic), "System: Subscribed to \"" + topic + "\".");
  }

  private static boolean hasCome(Client client, String wanted) {
    Optional<String> frame = client.nextUnlessClosed();
    while (frame.isPresent() && !frame.orElseThrow().equals(wanted)) {
      frame = client.nextUnlessClosed();
    }
    return frame.isPresent();
  }

  private Journal.Fate publish(Client client, String topic, String name, long number) {
    String line = "[" + topic + "] " + name + ": " + number;
    long sentAt = journal.now();
    Journal.Fate fate;
    try {
      client.publish(topic, "" + number);
      fate = fateOf(client, line);
    } catch (CompletionException closed) {
      fate = Journal.Fate.UNKNOWN;
    }
    journal.settle(line, sentAt, fate);
    return fate;
  }

  private static Journal.Fate fateOf(Client client, String line) {
    while (true) {
      String frame = client.nextUnlessClosed().orElse(NOBODY_KNOWS);
      if (frame.equals(line)) {
        return Journal.Fate.ACCEPTED;
      }
      if (frame.equals(UNAVAILABLE)) {
        return Journal.Fate.REFUSED;
      }
      if (frame.equals(NOBODY_KNOWS)) {
        return Journal.Fate.UNKNOWN;
      }
    }
  }

  @Override
  public void close() {
    stopPublishing();
    open = false;
    Threads.join(listeners);
  }
}
