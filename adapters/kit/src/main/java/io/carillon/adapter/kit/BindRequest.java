package io.carillon.adapter.kit;

import io.carillon.message.Channel;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** One call to a {@link Binder}: its channels, how far they are done, and its answer. */
final class BindRequest {

  final List<Channel> channels;

  /** The channels that are still to be done. On the binder's thread, as the next. */
  private final Iterator<Channel> rest;

  /** Channels that were done and are to be done again. */
  private final Queue<Channel> again = new ArrayDeque<>();

  final CompletableFuture<Void> done = new CompletableFuture<>();

  BindRequest(List<Channel> channels) {
    this.channels = channels;
    this.rest = channels.iterator();
  }

  /** Whether channels are still to be done. */
  boolean hasNext() {
    return rest.hasNext() || !again.isEmpty();
  }

  /** The next channel to be done. */
  Channel next() {
    return rest.hasNext() ? rest.next() : again.remove();
  }

  /** A channel of this call was done, and is to be done again. */
  void again(Channel channel) {
    again.add(channel);
  }
}
