package io.carillon.protocol.pusher;

import io.carillon.hub.Loop;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The clients of one loop that still have to prove who they are, in apps that require it. The loop
 * checks them once a second while there are any; a client that has left is removed at once. Owned
 * by the loop.
 */
final class Strangers {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Loop loop;
  private final LongSupplier nanoClock;

  /** The time until which each client may stay without proof. */
  private final Map<PusherSession, Long> deadlines = new LinkedHashMap<>();

  private boolean planned;

  Strangers(Loop loop, LongSupplier nanoClock) {
    this.loop = loop;
    this.nanoClock = nanoClock;
  }

  void add(PusherSession session, Duration time) {
    deadlines.put(session, nanoClock.getAsLong() + time.toNanos());
    plan();
  }

  void remove(PusherSession session) {
    deadlines.remove(session);
  }

  private void plan() {
    if (!planned && !deadlines.isEmpty()) {
      planned = true;
      loop.schedule(this::look, PERIOD);
    }
  }

  private void look() {
    planned = false;
    long now = nanoClock.getAsLong();
    for (Iterator<Map.Entry<PusherSession, Long>> all = deadlines.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<PusherSession, Long> one = all.next();
      if (now - one.getValue() >= 0) {
        all.remove();
        one.getKey().endIfStranger();
      }
    }
    plan();
  }
}
