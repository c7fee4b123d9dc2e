package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.Outlet;
import io.carillon.adapter.kit.Prober;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.part.BrokerUri.Host;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A node's connections to one Redis server, two for each lane. A channel is a subscription of the
 * publications' subscriber.
 */
final class RedisLink implements PubSubLink {

  private final RedisConfig config;
  private final Host host;
  private final Names names;
  private final RedisForm form;
  private final Incarnation node;
  private final CompletableFuture<String> lost;
  private final Map<Lane, RedisLane> lanes = new EnumMap<>(Lane.class);
  private final Prober prober;

  /**
   * @param made the lanes of this link
   * @param lost completes when one of them is lost
   */
  RedisLink(
      RedisConfig config,
      Host host,
      Names names,
      RedisForm form,
      Incarnation node,
      Environment environment,
      Map<Lane, RedisLane> made,
      CompletableFuture<String> lost) {
    this.config = config;
    this.host = host;
    this.names = names;
    this.form = form;
    this.node = node;
    this.lost = lost;
    lanes.putAll(made);
    Map<String, RedisLane> byTarget = new HashMap<>();
    made.values().forEach(lane -> byTarget.put(lane.heard().hearing().target(), lane));
    prober =
        new Prober(
            environment.vendor(),
            new RedisProbes(byTarget, this::lose),
            made.values().stream().map(lane -> lane.heard().hearing()).toList(),
            environment.clock(),
            environment.timer(),
            config.publishing().timeout(),
            () -> false,
            this::isLost,
            this::lose);
  }

  /**
   * Subscribes to what every node hears, and begins to receive and to probe.
   *
   * @throws IOException if that fails; the caller closes the link
   */
  void begin() throws IOException, TimeoutException, InterruptedException {
    requireMaster();
    lanes.values().forEach(RedisLane::start);
    for (Lane lane : Lane.values()) {
      in(lane).subscribe(LaneMaker.own(lane, names, node));
    }
    tryPlainChannels();
    prober.start();
  }

  /**
   * Subscribes to the names of plain channels and leaves them again. These names are outside the
   * prefix, so the node's user may have no permission for them: the start then fails, instead of
   * the first client's subscribe.
   */
  private void tryPlainChannels() throws IOException {
    List<String> names = form.plain().addresses();
    if (!names.isEmpty()) {
      in(Lane.PUBLICATIONS).subscribe(names);
      in(Lane.PUBLICATIONS).unsubscribe(names);
    }
  }

  private void requireMaster() throws IOException, TimeoutException, InterruptedException {
    try {
      String role =
          MasterWatch.roleOf(out(Lane.CONTROL))
              .toCompletableFuture()
              .get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
      if (MasterWatch.isReplica(role)) {
        throw new IOException("%s is a replica (expected: the master)".formatted(host));
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() == null ? e : e.getCause());
    }
  }

  private Subscriber in(Lane lane) {
    return Objects.requireNonNull(lanes.get(lane)).in();
  }

  Publisher out(Lane lane) {
    return Objects.requireNonNull(lanes.get(lane)).out();
  }

  @Override
  public Publisher out(Lane lane, String name) {
    return out(lane);
  }

  Host host() {
    return host;
  }

  @Override
  public String name() {
    return host.toString();
  }

  @Override
  public void bind(Collection<Channel> channels) throws IOException {
    in(Lane.PUBLICATIONS).subscribe(channels.stream().map(form::address).toList());
  }

  @Override
  public void unbind(Collection<Channel> channels) throws IOException {
    in(Lane.PUBLICATIONS).unsubscribe(channels.stream().map(form::address).toList());
  }

  @Override
  public Outlet outlet(Lane lane) {
    return out(lane);
  }

  @Override
  public CompletableFuture<String> lost() {
    return lost;
  }

  @Override
  public Instant wholeAt() {
    return prober.wholeAt(Objects.requireNonNull(lanes.get(Lane.PUBLICATIONS)).heard().hearing());
  }

  @Override
  public void close(Duration patience) throws InterruptedException {
    lose("it was closed");
    CompletableFuture<?>[] closing =
        lanes.values().stream().map(RedisLane::close).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(closing).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // They end by themselves.
    }
  }
}
