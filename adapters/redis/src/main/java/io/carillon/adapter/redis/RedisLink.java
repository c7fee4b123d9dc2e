package io.carillon.adapter.redis;

import io.carillon.adapter.kit.CallbackFailures;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Hearing;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.Link;
import io.carillon.adapter.kit.Outlet;
import io.carillon.adapter.kit.Prober;
import io.carillon.adapter.kit.Receiver;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/**
 * A node's connections to one Redis server, two for each lane. A channel is a subscription of the
 * publications' subscriber.
 */
final class RedisLink implements Link {

  private static final PublishOutcome GONE =
      new PublishOutcome.Refused(Refusal.NOT_CARRIED, "no node has this name");
  private static final PublishOutcome FULL =
      new PublishOutcome.Refused(Refusal.OVERLOADED, "too many bulk messages wait for that node");

  private final RedisConfig config;
  private final Host host;
  private final Names names;
  private final RedisForm form;
  private final Incarnation node;
  private final Environment environment;
  private final CompletableFuture<String> lost = new CompletableFuture<>();
  private final CallbackFailures failures = new CallbackFailures("Lettuce");
  private final Map<Lane, RedisLane> lanes = new EnumMap<>(Lane.class);
  private final Prober prober;

  /**
   * @param connections owned by the link from now on
   * @param receiver takes the messages
   */
  RedisLink(
      RedisConfig config,
      Host host,
      Names names,
      RedisForm form,
      Incarnation node,
      Environment environment,
      Connections connections,
      Receiver receiver) {
    this.config = config;
    this.host = host;
    this.names = names;
    this.form = form;
    this.node = node;
    this.environment = environment;
    failures.first().thenAccept(lost::complete);
    connections.onEnd(lost);
    Map<String, RedisLane> byProbes = new HashMap<>();
    for (Lane lane : Lane.values()) {
      RedisLane made = lane(lane, connections, receiver);
      lanes.put(lane, made);
      byProbes.put(made.heard().hearing().target(), made);
    }
    prober =
        new Prober(
            environment.vendor(),
            new RedisProbes(byProbes),
            lanes.values().stream().map(made -> made.heard().hearing()).toList(),
            environment.clock(),
            environment.timer(),
            config.publishing().timeout(),
            () -> false,
            this::isLost,
            this::lose);
  }

  private RedisLane lane(Lane lane, Connections connections, Receiver receiver) {
    RedisProbes.Heard heard =
        new RedisProbes.Heard(
            new Hearing(
                names.probes(lane, node),
                List.of(RedisProbes.SUBSCRIPTION),
                () -> 0,
                path -> lose("Redis has forgotten this node's subscriptions"),
                environment.clock().instant()));
    BiConsumer<String, byte[]> messages =
        switch (lane) {
          case PUBLICATIONS ->
              (name, body) -> receiver.publications(form, name, body, this::isLost);
          case CONTROL -> (name, body) -> receiver.control(body, this::isLost);
          case BULK -> bulk(receiver);
        };
    Subscriber in =
        new Subscriber(
            connections.in(lane),
            (name, body) -> {
              if (name.equals(heard.hearing().target())) {
                heard.probe(body);
              } else {
                messages.accept(name, body);
              }
            },
            environment,
            lost,
            failures,
            config.timeout());
    Publisher out = new Publisher(connections.out(lane), environment, lost, unheard(lane));
    return new RedisLane(in, out, heard);
  }

  private BiConsumer<String, byte[]> bulk(Receiver receiver) {
    BulkIntake intake =
        new BulkIntake(
            names.node(Lane.BULK, node),
            body -> receiver.bulk(body, this::isLost),
            environment.executor(),
            lost);
    return (name, body) -> intake.add(in(Lane.BULK), body);
  }

  /** Publications and messages for all need no receiver. */
  private Publisher.Unheard unheard(Lane lane) {
    return switch (lane) {
      case PUBLICATIONS -> (out, name) -> CompletableFuture.completedStage(PublishOutcome.ACCEPTED);
      case CONTROL ->
          (out, name) ->
              CompletableFuture.completedStage(
                  name.equals(names.nodes()) ? PublishOutcome.ACCEPTED : GONE);
      case BULK -> RedisLink::goneOrFull;
    };
  }

  private static CompletionStage<PublishOutcome> goneOrFull(Publisher out, String name) {
    return out.subscribers(Names.probesOfBulk(name)).thenApply(count -> count > 0 ? FULL : GONE);
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
      in(lane).subscribe(own(lane));
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

  private List<String> own(Lane lane) {
    String probes = names.probes(lane, node);
    return switch (lane) {
      case PUBLICATIONS -> List.of(probes);
      case CONTROL -> List.of(probes, names.nodes(), names.node(lane, node));
      case BULK -> List.of(probes, names.node(lane, node));
    };
  }

  private Subscriber in(Lane lane) {
    return Objects.requireNonNull(lanes.get(lane)).in();
  }

  Publisher out(Lane lane) {
    return Objects.requireNonNull(lanes.get(lane)).out();
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
