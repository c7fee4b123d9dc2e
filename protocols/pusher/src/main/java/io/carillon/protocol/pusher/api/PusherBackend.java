package io.carillon.protocol.pusher.api;

import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The node as the API sees it. Thread-safe; never blocks. */
public interface PusherBackend {

  /** Receives the outcomes of several publications. */
  interface Outcomes {

    /**
     * Called exactly once for each publication, on any thread.
     *
     * @param index the publication's index among those that were published together
     */
    void onOutcome(int index, PublishOutcome outcome);
  }

  /**
   * The remembered event of a cache channel.
   *
   * @param data its data
   * @param ttl for how long it is still remembered
   */
  record CachedEvent(String data, Duration ttl) {}

  /** Why publishing is not possible now, in a few words; empty if it may be tried. */
  Optional<String> unavailable();

  /** Whether the bus can carry this channel at all. */
  boolean carries(Channel channel);

  /** Publishes all of these, in their order; each has an outcome of its own. */
  void publish(List<Draft> all, Outcomes outcomes);

  /** The last event of a cache channel, if there is one. */
  Optional<CachedEvent> cached(Channel channel);

  /** Closes all connections on which this user has signed in, on all nodes. */
  CompletionStage<PublishOutcome> terminate(String app, String userId);

  /** How old the node's view of the cluster is; zero while it is up to date. */
  Duration viewAge();

  /** The number of an app's clients. */
  CompletionStage<Integer> connections(String app);
}
