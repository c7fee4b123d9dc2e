package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Lane;
import io.carillon.part.BrokerUri.Host;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The connections of one link, while they are made: two for each lane, all at once. */
final class Connections {

  private final Map<Lane, CompletableFuture<StatefulRedisPubSubConnection<String, byte[]>>> in =
      new EnumMap<>(Lane.class);
  private final Map<Lane, CompletableFuture<StatefulRedisConnection<String, byte[]>>> out =
      new EnumMap<>(Lane.class);

  private Connections(Clients clients, Host host) {
    for (Lane lane : Lane.values()) {
      String name = lane.name().toLowerCase(Locale.ROOT);
      in.put(lane, clients.subscriber(lane, host, name + "/in"));
      out.put(lane, clients.publisher(host, name + "/out"));
    }
  }

  /**
   * Connects, and waits for that.
   *
   * @throws IOException if one of them fails; none stays open
   */
  static Connections open(Clients clients, Host host, Duration patience)
      throws IOException, TimeoutException, InterruptedException {
    Connections connections = new Connections(clients, host);
    try {
      CompletableFuture.allOf(connections.all().toArray(CompletableFuture<?>[]::new))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return connections;
    } catch (ExecutionException e) {
      connections.abandon();
      throw new IOException(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      connections.abandon();
      throw e;
    }
  }

  StatefulRedisPubSubConnection<String, byte[]> in(Lane lane) {
    return Objects.requireNonNull(in.get(lane)).join();
  }

  StatefulRedisConnection<String, byte[]> out(Lane lane) {
    return Objects.requireNonNull(out.get(lane)).join();
  }

  /** Any connection that ends costs the link. */
  void onEnd(CompletableFuture<String> lost) {
    Disconnects listener = new Disconnects(lost);
    for (Lane lane : Lane.values()) {
      in(lane).addListener(listener);
      out(lane).addListener(listener);
      if (!in(lane).isOpen() || !out(lane).isOpen()) { // It may have ended before.
        lost.complete("the connection was cut");
      }
    }
  }

  /** Closes them, also those that are still being made, and waits for nothing. */
  void abandon() {
    for (CompletableFuture<? extends StatefulConnection<?, ?>> one : all()) {
      one.thenAccept(StatefulConnection::closeAsync);
    }
  }

  private List<CompletableFuture<? extends StatefulConnection<?, ?>>> all() {
    List<CompletableFuture<? extends StatefulConnection<?, ?>>> all = new ArrayList<>(in.values());
    all.addAll(out.values());
    return all;
  }
}
