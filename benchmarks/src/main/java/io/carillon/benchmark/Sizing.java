package io.carillon.benchmark;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The cost of clients: memory and CPU for each client that connects and is idle, and CPU for each
 * message that it receives.
 *
 * <p>Arguments: the node's URL and its process id. {@code -Dclients=N} and {@code -Dmessages=N} set
 * the numbers.
 */
public final class Sizing {

  /** The frames of a greeting: the welcome, the subscription to the lobby, the instructions. */
  private static final int GREETING = 3;

  private static final int CLIENTS = Integer.getInteger("clients", 18_000);
  private static final int FEWER = CLIENTS / 4;
  private static final int MESSAGES = Integer.getInteger("messages", 50);
  private static final int WARM_UP = 20;
  private static final Duration PACE = Duration.ofMillis(500);
  private static final Duration IDLE = Duration.ofSeconds(30);

  private Sizing() {}

  /** Prints the table. */
  public static void main(String[] args) throws Exception {
    URI url = URI.create(args[0]);
    ServerProcess server = new ServerProcess(Long.parseLong(args[1]));
    try (IdleClients clients = new IdleClients(url, GREETING)) {
      say("connecting %,d clients".formatted(CLIENTS));
      clients.growTo(FEWER);
      long fewHeap = server.liveHeapBytes();
      long fewResident = server.residentBytes();
      double cpu = server.cpuSeconds();
      clients.growTo(CLIENTS);
      double connecting = server.cpuSeconds() - cpu;
      int more = CLIENTS - FEWER;
      System.out.printf(Locale.ROOT, "| each of %,d clients | |%n|---|---|%n", CLIENTS);
      row("to connect, CPU", 1e6 * connecting / more, "µs");
      row("live heap", (server.liveHeapBytes() - fewHeap) / (double) more, "B");
      row("RSS", (server.residentBytes() - fewResident) / (double) more, "B");
      say("%,d idle clients for %d s".formatted(CLIENTS, IDLE.toSeconds()));
      row("all of them idle", 100 * idle(clients, server), "% of a processor");
      publish(clients, server, url);
      row("RSS of the node, all connected", server.residentBytes() / 1e6, "MB");
      if (clients.lost() > 0) {
        throw new IllegalStateException(clients.lost() + " clients have lost their connection");
      }
    }
  }

  /** How much of a processor a node with idle clients uses. */
  private static double idle(IdleClients clients, ServerProcess server) throws IOException {
    double before = server.cpuSeconds();
    long end = System.nanoTime() + IDLE.toNanos();
    clients.listenUntil(() -> System.nanoTime() >= end);
    return (server.cpuSeconds() - before) / IDLE.toSeconds();
  }

  private static void publish(IdleClients clients, ServerProcess server, URI url) throws Exception {
    try (TopicsClient publisher = new TopicsClient(URI.create(url + "/?name=publisher"), _ -> {})) {
      String message = "x".repeat(128);
      Histogram untilLast = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
      say("%d messages to all of them".formatted(WARM_UP + MESSAGES));
      for (int i = 0; i < WARM_UP; i++) {
        broadcast(clients, publisher, message);
      }
      double before = server.cpuSeconds();
      for (int i = 0; i < MESSAGES; i++) {
        long next = System.nanoTime() + PACE.toNanos();
        untilLast.recordValue(broadcast(clients, publisher, message));
        clients.listenUntil(() -> System.nanoTime() >= next);
      }
      double cpu = server.cpuSeconds() - before;
      row("a message that it hears, CPU", 1e6 * cpu / MESSAGES / CLIENTS, "µs");
      row("until all have heard a message, p50", untilLast.getValueAtPercentile(50) / 1e6, "ms");
      row("the same, p99", untilLast.getValueAtPercentile(99) / 1e6, "ms");
    }
  }

  /** Returns the time until all clients have received it, in nanoseconds. */
  private static long broadcast(IdleClients clients, TopicsClient publisher, String message)
      throws IOException {
    long heard = clients.frames() + CLIENTS;
    long begin = System.nanoTime();
    publisher.publish("lobby", message);
    clients.listenUntil(() -> clients.frames() >= heard);
    return System.nanoTime() - begin;
  }

  private static void row(String what, double value, String unit) {
    System.out.printf(Locale.ROOT, "| %s | %,.2f %s |%n", what, value, unit);
  }

  private static void say(String what) {
    System.err.println(what);
  }
}
