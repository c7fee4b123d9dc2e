package io.carillon.protocol.topics;

import io.carillon.broker.PublishCallback;
import io.carillon.http.HttpReply;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import java.util.Optional;

/** The node as {@link PublishEndpoint} sees it. Thread-safe; never blocks. */
interface PublishTarget {

  /** Why publishing is not possible now, as the answer to give; empty if it may be tried. */
  Optional<HttpReply> refusal();

  /** Whether the bus can carry this channel at all. */
  boolean carries(Channel channel);

  /** Publishes; the callback receives the outcome once, on any thread. */
  void publish(Draft draft, PublishCallback callback);
}
