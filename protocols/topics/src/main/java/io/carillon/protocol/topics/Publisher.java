package io.carillon.protocol.topics;

import io.carillon.broker.PublishCallback;
import io.carillon.http.HttpReply;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import java.util.Optional;

/** What an endpoint needs of the node to publish. Thread-safe; never blocks. */
interface Publisher {

  /** Why nobody can publish just now, as the answer to give; nothing when one can try. */
  Optional<HttpReply> refusal();

  /** Whether the bus can carry this channel at all. */
  boolean carries(Channel channel);

  /** Publishes; the callback hears the outcome once, on any thread. */
  void publish(Draft draft, PublishCallback callback);
}
