package io.carillon.benchmark.balancer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Subscribes clients to the publishers' topic, again after each reconnect, and notes what they
 * hear. For any thread.
 */
final class Subscribers implements Clients.Listener {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String TOPIC = "\"" + Publishers.TOPIC + "\"";
  private static final String SUBSCRIBE =
      "{\"action\":\"subscribe\",\"topic\":%s}".formatted(TOPIC);
  private static final String SUBSCRIBED = "System: Subscribed to %s.".formatted(TOPIC);
  private static final String NOT_NOW =
      "System: Unable to subscribe to %s right now.".formatted(TOPIC);
  private static final String HEARD = "[%s] Server: ".formatted(Publishers.TOPIC);

  private final Tally tally;
  private final Clients clients;
  private final List<Attendance> attendances = new ArrayList<>();

  /** Subscribes all clients, which are connected, and waits until they are. */
  Subscribers(Tally tally, Clients clients) throws InterruptedException {
    this.tally = tally;
    this.clients = clients;
    for (int i = 0; i < clients.size(); i++) {
      attendances.add(new Attendance());
    }
    clients.listen(this);
    for (int i = 0; i < clients.size(); i++) {
      greeted(i);
    }
    awaitAll();
  }

  /** Waits until all are subscribed. */
  void awaitAll() throws InterruptedException {
    Until.holds("all are subscribed", PATIENCE, () -> subscribed() == clients.size());
  }

  synchronized int subscribed() {
    return (int) attendances.stream().filter(Attendance::isSubscribed).count();
  }

  @Override
  public void greeted(int client) {
    clients.send(client, SUBSCRIBE);
  }

  @Override
  public synchronized void hears(int client, String text) {
    if (text.startsWith(HEARD)) {
      tally.heard.increment();
      attendances.get(client).hears(Integer.parseInt(text, HEARD.length(), text.length(), 10));
    } else if (text.equals(SUBSCRIBED)) {
      attendances.get(client).subscribed(clients.nodeOf(client), Instant.now());
    } else if (text.equals(NOT_NOW)) {
      clients.send(client, SUBSCRIBE);
    }
  }

  @Override
  public synchronized void closed(int client) {
    attendances.get(client).closed(Instant.now());
  }

  /** Adds up what they have heard. Ends the notes. */
  synchronized Sums sums(List<Publication> publications, List<List<Span>> gapsOfNodes) {
    attendances.forEach(attendance -> attendance.closed(Instant.MAX));
    return Sums.of(publications, attendances, gapsOfNodes);
  }
}
