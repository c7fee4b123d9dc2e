package io.carillon.conformance.view;

import io.carillon.conformance.machine.Threads;
import io.carillon.conformance.node.Node;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Users that come to some node, until they are told to stay where they are. One half stays for a
 * moment and comes again; the other half comes again only when its node has ended the connection.
 * Each has a thread of its own.
 */
final class Churn {

  private static final int CHANNELS = 5;
  private static final long LONGEST_STAY_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final AppNodes nodes;
  private final Guests guests;
  private final AtomicInteger visits = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final List<Thread> threads;
  private volatile boolean goesOn = true;

  Churn(AppNodes nodes, Guests guests, int users, long seed) {
    this.nodes = nodes;
    this.guests = guests;
    this.threads =
        IntStream.range(0, users)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .name("user " + i)
                        .start(() -> comeAndGo("user-" + i, i % 2 == 0, new Random(seed + i))))
            .toList();
  }

  private void comeAndGo(String user, boolean isSteady, Random random) {
    while (true) {
      Guest guest = come(user, random);
      do {
        LockSupport.parkNanos(random.nextLong(LONGEST_STAY_NANOS));
      } while (isSteady && goesOn && guest.isThere());
      if (!goesOn && guest.isThere()) {
        return;
      }
      guest.close();
    }
  }

  private Guest come(String user, Random random) {
    while (true) {
      List<Node> alive = nodes.alive();
      Node node = alive.get(random.nextInt(alive.size()));
      try {
        Guest guest = guests.join(node, "presence-" + random.nextInt(CHANNELS), user);
        visits.incrementAndGet();
        return guest;
      } catch (RuntimeException nodeIsLeaving) {
        refusals.incrementAndGet();
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  /** How many connections were let in. */
  int visits() {
    return visits.get();
  }

  /** How many connections were refused, and tried again. */
  int refusals() {
    return refusals.get();
  }

  /** Lets all users stay; returns when each of them is connected. */
  void settleDown() {
    goesOn = false;
    Threads.join(threads);
  }
}
