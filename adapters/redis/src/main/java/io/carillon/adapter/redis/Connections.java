package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Lane;
import io.carillon.part.BrokerUri.Host;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The connections of one link, while they are made: two for each lane, all at once. */
final class Connections {

  private final Clients clients;
  private final List<Ends> all = new ArrayList<>();

  Connections(Clients clients) {
    this.clients = clients;
  }

  /**
   * The two connections of a lane to one server.
   *
   * @param in receives
   * @param out sends
   */
  record Ends(
      CompletableFuture<StatefulRedisPubSubConnection<String, byte[]>> in,
      CompletableFuture<StatefulRedisConnection<String, byte[]>> out) {}

  /** Begins to connect. */
  Ends begin(Lane lane, Host host) {
    String name = lane.name().toLowerCase(Locale.ROOT);
    Ends ends =
        new Ends(
            clients.subscriber(lane, host, name + "/in"), clients.publisher(host, name + "/out"));
    all.add(ends);
    return ends;
  }

  /**
   * Waits until all of them are made.
   *
   * @throws IOException if one of them fails
   */
  void await(Duration patience) throws IOException, TimeoutException, InterruptedException {
    try {
      CompletableFuture.allOf(
              all.stream()
                  .flatMap(ends -> List.of(ends.in(), ends.out()).stream())
                  .toArray(CompletableFuture<?>[]::new))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() == null ? e : e.getCause());
    }
  }

  /** Any connection that ends costs the link. */
  void onEnd(CompletableFuture<String> lost) {
    Disconnects listener = new Disconnects(lost);
    for (Ends ends : all) {
      ends.in().join().addListener(listener);
      ends.out().join().addListener(listener);
      if (!ends.in().join().isOpen() || !ends.out().join().isOpen()) { // It may have ended before.
        lost.complete("the connection was cut");
      }
    }
  }

  /** Closes them, also those that are still being made, and waits for nothing. */
  void abandon() {
    for (Ends ends : all) {
      ends.in().thenAccept(StatefulConnection::closeAsync);
      ends.out().thenAccept(StatefulConnection::closeAsync);
    }
  }
}
