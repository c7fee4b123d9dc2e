package io.carillon.protocol.pusher;

import io.carillon.app.App;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many clients of each app this node has. Any thread. */
final class ConnectionQuota {

  private final Map<String, AtomicInteger> connections = new ConcurrentHashMap<>();

  /** Counts one more, unless that is too many. */
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
