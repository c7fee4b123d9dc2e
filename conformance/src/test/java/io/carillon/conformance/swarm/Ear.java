package io.carillon.conformance.swarm;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Hears numbered messages, and notes what is missing, doubled or out of order. A message is {@code
 * number nanoTime padding}; each publisher counts from 0 in each topic. Written by one thread, read
 * by any.
 */
public final class Ear implements SwarmClient.Listener {

  private static final int FAULTS_KEPT = 5;

  /** The messages of one publisher in one topic so far. */
  public record Heard(int first, int next, long lastSentNanos) {}

  private final Map<String, Heard> lines = new ConcurrentHashMap<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private volatile Latencies latencies = new Latencies();

  /** The text of a message. */
  public static String message(int number, int size) {
    String begin = number + " " + System.nanoTime() + " ";
    return begin + "x".repeat(Math.max(1, size - begin.length()));
  }

  @Override
  public void onMessage(String text) {
    long now = System.nanoTime();
    int colon = text.indexOf(": ");
    int space = text.indexOf(' ', colon + 2);
    int number = Integer.parseInt(text, colon + 2, space, 10);
    long sent = Long.parseLong(text, space + 1, text.indexOf(' ', space + 1), 10);
    String line = text.substring(0, colon);
    Heard before = lines.get(line);
    if (before != null && before.next != number && faults.size() < FAULTS_KEPT) {
      faults.add(line + ": " + number + " instead of " + before.next);
    }
    lines.put(line, new Heard(before == null ? number : before.first, number + 1, sent));
    latencies.add(now - sent);
  }

  /** What has been heard of a publisher in a topic; numbers 0 where nothing has. */
  public Heard heard(String topic, String publisher) {
    return lines.getOrDefault("[" + topic + "] " + publisher, new Heard(0, 0, 0));
  }

  /** Gaps, doubles and wrong order, the first few. */
  public List<String> faults() {
    return faults;
  }

  /** Where latencies go from now on; several may share one. */
  Ear into(Latencies shared) {
    latencies = shared;
    return this;
  }
}
