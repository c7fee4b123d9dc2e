package io.carillon.protocol.pusher.api;

import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the API needs of the node. Thread-safe; never blocks. */
public interface PusherBackend {

  /** Hears what became of several publications. */
  interface Outcomes {

    /**
     * Called exactly once for each, on any thread.
     *
     * @param index which of those that were published together
     */
    void onOutcome(int index, PublishOutcome outcome);
  }

  /**
   * What a cache channel remembers.
   *
   * @param data of its last event
   * @param ttl how much longer it is remembered
   */
  record CachedEvent(String data, Duration ttl) {}

  /** Why nobody can publish just now, in a few words; nothing when one can try. */
  Optional<String> unavailable();

  /** Whether the bus can carry this channel at all. */
  boolean carries(Channel channel);

  /** Publishes all of these, in their order; each has an outcome of its own. */
  void publish(List<Draft> all, Outcomes outcomes);

  /** The last event of a cache channel, where there is one. */
  Optional<CachedEvent> cached(Channel channel);

  /** Ends all connections on which this user has signed in, on all nodes. */
  CompletionStage<PublishOutcome> terminate(String app, String userId);

  /** How many clients an app has. */
  CompletionStage<Integer> connections(String app);
}
