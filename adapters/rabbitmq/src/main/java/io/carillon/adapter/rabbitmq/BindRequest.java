package io.carillon.adapter.rabbitmq;

import io.carillon.message.Channel;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One call to a {@link Binder}: its keys, how far they are done, and who waits for it. */
final class BindRequest {

  final List<Channel> keys;

  /** The keys that are still to be done. On the binder's thread. */
  final Iterator<Channel> rest;

  final CompletableFuture<Void> done = new CompletableFuture<>();

  BindRequest(List<Channel> keys) {
    this.keys = keys;
    this.rest = keys.iterator();
  }
}
