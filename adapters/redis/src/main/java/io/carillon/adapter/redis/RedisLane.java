package io.carillon.adapter.redis;

import java.util.concurrent.CompletableFuture;

/**
 * One lane of a link: a connection to receive by, because a subscriber's connection can't publish,
 * and another to send by.
 *
 * @param in receives
 * @param out sends
 * @param heard the probes that have come
 */
record RedisLane(Subscriber in, Publisher out, HeardProbes heard) {

  void start() {
    in.start();
    out.start();
  }

  CompletableFuture<Void> close() {
    return CompletableFuture.allOf(in.close(), out.close());
  }
}
