package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.Outlet;
import io.carillon.adapter.kit.Prober;
import io.carillon.adapter.kit.Unrouted;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.part.BrokerUri.Host;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's connections to a cluster of Redis: two to each master for publications, and two for each
 * of the other lanes, to the master of that lane's slot. A channel is a subscription at the master
 * of its slot.
 *
 * <p>Slots of channels may move between these masters. Everything else costs the link: a connection
 * that ends, a master that comes or goes or becomes a replica, and the move of the control or bulk
 * lane's slot.
 */
final class ClusterLink implements PubSubLink {

  private static final Logger log = LoggerFactory.getLogger(ClusterLink.class);

  private final Duration slotsEvery;
  private final Names names;
  private final Incarnation node;
  private final Environment environment;
  private final CompletableFuture<String> lost;
  private final Shards shards;
  private final Map<Lane, RedisLane> others = new EnumMap<>(Lane.class);

  /** The masters of the other lanes' slots, to which their connections lead. */
  private final Map<Lane, Host> homes = new EnumMap<>(Lane.class);

  private final ClusterBindings bindings;
  private final ClusterOutlet outlet;
  private final Prober prober;

  /**
   * The connections of a link, all made.
   *
   * @param slots the cluster's, as one server tells it
   * @param masters the connections for publications to each master
   * @param others the connections of the other lanes
   */
  record Made(
      SlotMap slots, Map<Host, Connections.Ends> masters, Map<Lane, Connections.Ends> others) {}

  /**
   * @param maker makes the lanes
   * @param lost completes when one of them is lost
   */
  ClusterLink(
      RedisConfig config,
      Names names,
      RedisForm form,
      Incarnation node,
      Environment environment,
      LaneMaker maker,
      Made made,
      CompletableFuture<String> lost) {
    this.slotsEvery = config.slotsEvery();
    this.names = names;
    this.node = node;
    this.environment = environment;
    this.lost = lost;
    Map<Host, RedisLane> publications = new HashMap<>();
    made.masters()
        .forEach(
            (host, ends) ->
                publications.put(
                    host,
                    maker.make(
                        Lane.PUBLICATIONS,
                        ends,
                        host.toString(),
                        "",
                        name -> onEnded(host, name))));
    made.others()
        .forEach(
            (lane, ends) -> {
              String probes = names.probes(lane, node);
              others.put(lane, maker.make(lane, ends, probes, probes, name -> loseLane()));
              homes.put(lane, made.slots().owner(probes));
            });
    shards = new Shards(publications, made.slots(), lost, config.timeout());
    bindings = new ClusterBindings(shards, names, form, node, environment, this::wholeAt, lost);
    outlet = new ClusterOutlet(shards);
    Map<String, RedisLane> byTarget = new HashMap<>();
    lanes().forEach(lane -> byTarget.put(lane.heard().hearing().target(), lane));
    prober =
        new Prober(
            environment.vendor(),
            new RedisProbes(byTarget, this::lose),
            lanes().map(lane -> lane.heard().hearing()).toList(),
            environment.clock(),
            environment.timer(),
            config.publishing().timeout(),
            () -> false,
            this::isLost,
            this::lose);
  }

  private Stream<RedisLane> lanes() {
    return Stream.concat(shards.lanes().stream(), others.values().stream());
  }

  private void onEnded(Host master, String name) {
    bindings.onEnded(master, name);
  }

  private void loseLane() {
    lose("the slot of the messages between nodes has moved to another server");
  }

  /**
   * Subscribes to what every node hears, and begins to receive, to probe and to follow the slots.
   *
   * @throws IOException if that fails; the caller closes the link
   */
  void begin() throws IOException, TimeoutException, InterruptedException {
    lanes().forEach(RedisLane::start);
    if (!shards.askAll()) {
      throw new IOException("the masters of the cluster do not agree about its slots yet");
    }
    for (Host master : shards.masters()) {
      bindings.probeElsewhere(master, shards.slots());
    }
    for (Map.Entry<Lane, RedisLane> other : others.entrySet()) {
      other.getValue().in().subscribe(LaneMaker.own(other.getKey(), names, node));
    }
    if (isLost()) {
      throw new IOException(lost.join());
    }
    prober.start();
    watchAgain();
  }

  private void watchAgain() {
    environment.timer().after(slotsEvery.toNanos(), this::watch);
  }

  /** Runs on the timer's threads for as long as the link lasts, and may block there. */
  private void watch() {
    if (isLost()) {
      return;
    }
    try {
      if (shards.askAll()) {
        bindings.leaveStrays();
        homes.forEach(
            (lane, home) -> {
              if (!shards.owner(names.probes(lane, node)).equals(home)) {
                loseLane();
              }
            });
      }
    } catch (IOException | TimeoutException | RuntimeException e) {
      log.debug("A master does not tell its slots: {}", Failures.reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    watchAgain();
  }

  @Override
  public String name() {
    return shards.masters().size() + " masters of the cluster";
  }

  @Override
  public void bind(Collection<Channel> channels) throws IOException {
    bindings.bind(channels);
  }

  @Override
  public void unbind(Collection<Channel> channels) throws IOException {
    bindings.unbind(channels);
  }

  @Override
  public void onUnrouted(Consumer<Unrouted> lostChannels) {
    bindings.reportTo(lostChannels);
  }

  @Override
  public Outlet outlet(Lane lane) {
    return lane == Lane.PUBLICATIONS ? outlet : other(lane).out();
  }

  @Override
  public Publisher out(Lane lane, String name) {
    return lane == Lane.PUBLICATIONS ? shards.lane(shards.owner(name)).out() : other(lane).out();
  }

  private RedisLane other(Lane lane) {
    return Objects.requireNonNull(others.get(lane));
  }

  @Override
  public CompletableFuture<String> lost() {
    return lost;
  }

  @Override
  public Instant wholeAt() {
    return shards.masters().stream()
        .map(this::wholeAt)
        .min(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  private Instant wholeAt(Host master) {
    return prober.wholeAt(shards.lane(master).heard().hearing());
  }

  @Override
  public void close(Duration patience) throws InterruptedException {
    lose("it was closed");
    List<CompletableFuture<Void>> closing = lanes().map(RedisLane::close).toList();
    try {
      CompletableFuture.allOf(closing.toArray(CompletableFuture<?>[]::new))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // They end by themselves.
    }
  }
}
