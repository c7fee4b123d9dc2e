package io.carillon.adapter.kit;

import io.carillon.message.Channel;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One call to a {@link Binder}: its channels, how far they are done, and its answer. */
final class BindRequest {

  final List<Channel> channels;

  /** The channels that are still to be done. On the binder's thread. */
  final Iterator<Channel> rest;

  final CompletableFuture<Void> done = new CompletableFuture<>();

  BindRequest(List<Channel> channels) {
    this.channels = channels;
    this.rest = channels.iterator();
  }
}
