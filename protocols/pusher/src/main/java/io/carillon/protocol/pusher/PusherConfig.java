package io.carillon.protocol.pusher;

import io.carillon.app.App;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the Pusher protocol.
 *
 * @param apps the apps; ids and keys are unique
 * @param activityTimeout the timeout that clients are told; whole seconds
 * @param cache the memory of cache channels
 * @param pageAppId the app whose demo channel visitors of the page may join; null for none
 */
public record PusherConfig(
    List<App> apps, Duration activityTimeout, Cache cache, @Nullable String pageAppId) {

  /** Clients accept no longer timeout. */
  public static final Duration MAX_ACTIVITY_TIMEOUT = Duration.ofMinutes(2);

  /** Pusher promises no longer one. */
  public static final Duration MAX_CACHE_TTL = Duration.ofMinutes(30);

  public static final PusherConfig DEFAULTS =
      new PusherConfig(List.of(), MAX_ACTIVITY_TIMEOUT, Cache.Memory.DEFAULTS, null);

  /** Where the last events of cache channels are kept. */
  public sealed interface Cache {

    /** Nowhere: a cache channel never has an event for a new subscriber. */
    record None() implements Cache {}

    /**
     * In this node.
     *
     * @param ttl how long
     * @param maxBytes how much together
     */
    record Memory(Duration ttl, long maxBytes) implements Cache {
      public static final Memory DEFAULTS = new Memory(MAX_CACHE_TTL, 64 << 20);

      public Memory {
        if (!ttl.isPositive() || ttl.compareTo(MAX_CACHE_TTL) > 0) {
          throw new IllegalArgumentException(
              "ttl: %s (expected: > 0, at most %s)".formatted(ttl, MAX_CACHE_TTL));
        }
        if (maxBytes < 1) {
          throw new IllegalArgumentException("maxBytes: " + maxBytes + " (expected: > 0)");
        }
      }
    }
  }

  public PusherConfig {
    apps = List.copyOf(apps);
    if (!activityTimeout.isPositive()
        || !activityTimeout.truncatedTo(ChronoUnit.SECONDS).equals(activityTimeout)
        || activityTimeout.compareTo(MAX_ACTIVITY_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "activityTimeout: %s (expected: whole seconds, 1 to %d)"
              .formatted(activityTimeout, MAX_ACTIVITY_TIMEOUT.toSeconds()));
    }
    if (pageAppId != null && find(apps, pageAppId).isEmpty()) {
      throw new IllegalArgumentException(
          "pageAppId: \"%s\" (expected: the id of an app)".formatted(pageAppId));
    }
  }

  /** The app whose demo channel visitors of the page may join. */
  public Optional<App> pageApp() {
    return pageAppId == null ? Optional.empty() : find(apps, pageAppId);
  }

  private static Optional<App> find(List<App> apps, String id) {
    return apps.stream().filter(app -> app.id().equals(id)).findFirst();
  }
}
