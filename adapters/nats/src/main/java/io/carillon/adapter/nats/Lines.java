package io.carillon.adapter.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A node's connections to one server: what waits on one of them delays nothing on the others.
 *
 * @param subscriptions receives publications, and nothing is published by it
 * @param publications publishes publications
 * @param control control messages, both ways
 * @param bulk bulk messages, both ways
 */
record Lines(Line subscriptions, Line publications, Line control, Line bulk) {

  /** A name that no other link has. */
  String token() {
    return publications.token();
  }

  private List<Line> all() {
    return List.of(subscriptions, publications, control, bulk);
  }

  void start() throws IOException {
    for (Line line : all()) {
      line.start();
    }
  }

  /** As {@link Line#await}, for all. */
  void await(Duration patience) throws IOException {
    for (Line line : all()) {
      line.await(patience);
    }
  }

  /** Closes all at once, waiting no longer than this for the end. */
  void close(Duration patience) throws InterruptedException {
    close(all(), patience);
  }

  /** As above, for lines that are not all there. */
  static void close(List<Line> lines, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    List<Thread> closing =
        lines.stream()
            .map(line -> Thread.ofVirtual().name("carillon-nats-close").start(line::close))
            .toList();
    for (Thread thread : closing) {
      thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }
}
