package io.carillon.protocol.pusher;

import io.carillon.app.App;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The number of clients of each app on this node. Any thread. */
final class ConnectionQuota {

  private final Map<String, AtomicInteger> connections = new ConcurrentHashMap<>();

  /** Counts one more client, unless the app has too many. */
  boolean tryAdd(App app) {
    int most = app.limits().maxConnections();
    AtomicInteger count = connections.computeIfAbsent(app.id(), id -> new AtomicInteger());
    if (count.incrementAndGet() <= most) {
      return true;
    }
    count.decrementAndGet();
    return false;
  }

  void remove(App app) {
    AtomicInteger count = connections.get(app.id());
    if (count != null) {
      count.decrementAndGet();
    }
  }

  int of(String appId) {
    AtomicInteger count = connections.get(appId);
    return count == null ? 0 : count.get();
  }
}
