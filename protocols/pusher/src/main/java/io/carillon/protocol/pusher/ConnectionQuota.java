package io.carillon.protocol.pusher;

import io.carillon.app.App;
import io.carillon.view.Tallies;
import io.carillon.view.Tallies.Others;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The number of clients of each app, on all nodes together. It may be exceeded by the clients that
 * several nodes admit at one moment, before they have told each other. Any thread.
 */
final class ConnectionQuota {

  /** Whether there is a place for a client. */
  enum Admission {
    ADMITTED,
    /** The app has as many clients as it may have. */
    FULL,
    /** The same, if a node that is silent just now still has its clients. */
    PERHAPS_FULL
  }

  private final Map<String, AtomicInteger> connections = new ConcurrentHashMap<>();
  private final Tallies tallies;

  /**
   * @param tallies know how many clients the other nodes have
   */
  ConnectionQuota(Tallies tallies) {
    this.tallies = tallies;
  }

  /** Counts one more client, unless the app has too many. */
  Admission tryAdd(App app) {
    int most = app.limits().maxConnections();
    AtomicInteger count = connections.computeIfAbsent(app.id(), id -> new AtomicInteger());
    Others others = tallies.others(tallyOf(app.id()));
    long certain = (long) count.incrementAndGet() + others.certain();
    if (certain + others.doubtful() <= most) {
      tell(app.id(), count);
      return Admission.ADMITTED;
    }
    count.decrementAndGet();
    return certain <= most ? Admission.PERHAPS_FULL : Admission.FULL;
  }

  void remove(App app) {
    AtomicInteger count = connections.get(app.id());
    if (count != null) {
      count.decrementAndGet();
      tell(app.id(), count);
    }
  }

  private void tell(String appId, AtomicInteger count) {
    tallies.tally(tallyOf(appId), count::get);
  }

  private static String tallyOf(String appId) {
    return "pusher.connections/" + appId;
  }

  /** How many clients an app has, on all nodes together. */
  int of(String appId) {
    AtomicInteger count = connections.get(appId);
    Others others = tallies.others(tallyOf(appId));
    return (count == null ? 0 : count.get()) + others.certain() + others.doubtful();
  }
}
