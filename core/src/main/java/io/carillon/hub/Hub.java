package io.carillon.hub;

import static java.util.stream.Collectors.groupingBy;

import io.carillon.broker.Broker;
import io.carillon.broker.Gap;
import io.carillon.broker.Publish;
import io.carillon.broker.PublishCallback;
import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Draft;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.metrics.LatencyStats;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's door: connections come in through its {@link #shards}, publications leave through
 * {@link #publish} and come back from the bus through {@link #deliver}.
 *
 * <p>There is one delivery path. This node's own publications reach its subscribers through the
 * bus, like those of other nodes.
 *
 * <p>A channel has a home loop, chosen by its hash: the channel's {@link Route} lives there. Work
 * crosses to the home loop by {@link #join} and {@link #leave}, and to a subscriber's loop by
 * {@link HubShard#enqueue} and the answer to a join. Safe for use by many threads.
 */
public final class Hub {

  private static final Logger log = LoggerFactory.getLogger(Hub.class);

  /** A log line names this many channels at most. */
  private static final int MAX_NAMED = 20;

  private final Incarnation incarnation;
  private final Broker broker;
  private final HubConfig config;
  private final ChannelMemory memory;
  private final LongSupplier nanoClock;
  private final InstantSource wallClock;
  private final List<HubShard> shards = new ArrayList<>();
  private final List<RouteTable> routeTables = new ArrayList<>();
  private final InterestMap interest;
  private final AtomicLong sequence = new AtomicLong();
  private final HubCounters counters = new HubCounters();
  private final BusReports reports;
  private volatile boolean leaving;

  /**
   * @param incarnation this life of this node
   * @param broker not started yet; the hub doesn't own it
   * @param loops the node's event loops; each gets a shard
   * @param lastPublications the memory of cache channels
   * @param nanoClock a monotonic clock, nanoseconds
   * @param wallClock the time of day, for logs
   */
  public Hub(
      Incarnation incarnation,
      Broker broker,
      List<? extends Loop> loops,
      HubConfig config,
      LastPublications lastPublications,
      LongSupplier nanoClock,
      InstantSource wallClock) {
    this.incarnation = incarnation;
    this.broker = broker;
    this.config = config;
    this.memory = new ChannelMemory(incarnation, lastPublications);
    this.interest = new InterestMap(lastPublications::remembers);
    this.reports = new BusReports(this, interest, counters);
    this.nanoClock = nanoClock;
    this.wallClock = wallClock;
    for (Loop loop : loops) {
      ShardQueue queue =
          new ShardQueue(config, nanoClock, wallClock, this::reportLoop, this::wakeShards);
      shards.add(new HubShard(this, loop, queue, nanoClock));
      routeTables.add(
          new RouteTable(
              loop, broker, interest, config, nanoClock, wallClock, () -> leaving, this::report));
    }
  }

  /** Connects to the bus; see {@link Broker#start}. */
  public CompletionStage<Void> start() {
    return broker.start(incarnation, reports);
  }

  /** One per loop, in the order of the loops. */
  public List<HubShard> shards() {
    return List.copyOf(shards);
  }

  /** This life of this node. */
  public Incarnation incarnation() {
    return incarnation;
  }

  /** Whether the bus can be used now. */
  public boolean isBusUp() {
    return reports.isBusUp();
  }

  /** The node is leaving: channels stay bound until the whole node goes. */
  public void stopUnbinding() {
    leaving = true;
  }

  /** Publications that came to this node although no shard wants them. */
  public long unwanted() {
    return counters.unwanted.sum();
  }

  /** Publications that were dropped because a loop of this node was too slow. */
  public long lost() {
    return shards.stream().mapToLong(HubShard::lost).sum();
  }

  /** Gaps that were reported so far. */
  public long gaps() {
    return counters.gaps.sum();
  }

  /** The hub's counters so far. Any thread. */
  public HubStats stats() {
    return counters.stats(
        lost(),
        shards.stream().mapToLong(HubShard::deliveries).sum(),
        shards.stream().mapToLong(HubShard::waitingBytes).sum(),
        interest.size());
  }

  /** How long publishes took, from the call to the outcome, whatever it was. Any thread. */
  public LatencyStats publishLatency() {
    return counters.publishLatency();
  }

  HubCounters counters() {
    return counters;
  }

  /**
   * Publishes to a channel, on behalf of a publisher that is not connected; the caller decides
   * whether that is allowed. Publications of one thread to one channel keep their order. Any
   * thread; never blocks.
   *
   * @param callback receives the outcome once, on any thread
   */
  public void publish(Draft draft, PublishCallback callback) {
    Publish one = prepare(draft, callback);
    broker.publish(one.publication(), one.callback());
  }

  /**
   * Publishes several at once, as calls of {@link #publish} one after the other would.
   *
   * @param callbacks receives the outcome of the draft with this index
   */
  public void publishAll(List<Draft> drafts, IntFunction<PublishCallback> callbacks) {
    List<Publish> prepared = new ArrayList<>(drafts.size());
    for (Draft draft : drafts) {
      prepared.add(prepare(draft, callbacks.apply(prepared.size())));
    }
    broker.publishAll(prepared);
  }

  /** Makes the publication that {@link #publish} hands to the broker. */
  Publish prepare(Draft draft, PublishCallback callback) {
    MessageId id = new MessageId(incarnation, sequence.incrementAndGet());
    long start = nanoClock.getAsLong();
    Publication publication =
        new Publication(
            id,
            draft.channel(),
            draft.event(),
            draft.payload(),
            draft.sender(),
            draft.excludedSubscriber(),
            wallClock.millis(),
            null);
    PublishCallback counted =
        outcome -> {
          counters.published(outcome, nanoClock.getAsLong() - start);
          callback.onOutcome(outcome);
        };
    return new Publish(
        publication, memory.concern(publication) ? remembering(publication, counted) : counted);
  }

  private PublishCallback remembering(Publication publication, PublishCallback callback) {
    Channel channel = publication.channel();
    Optional<Remembered> before = memory.of(channel);
    boolean wasRouted = interest.isRouted(channel);
    return outcome -> {
      // A publication that certainly comes back gets its number in the channel's order then.
      if (outcome instanceof PublishOutcome.Accepted
          && !(wasRouted && interest.isRouted(channel))) {
        Delivery late = memory.accepted(publication, before);
        if (late != null) {
          hand(late, HubShard::enqueueAtOnce);
          wakeShards();
        }
      }
      callback.onOutcome(outcome);
    };
  }

  /**
   * Sends a control message to every node, this one included; see {@link Broker#control}. Any
   * thread.
   *
   * @param type the message's subject
   */
  public CompletionStage<Void> control(String type, Payload payload) {
    MessageId id = new MessageId(incarnation, sequence.incrementAndGet());
    return broker.control(new ControlMessage(id, type, payload));
  }

  /** Sends a control message to one node; see {@link Broker#control}. Any thread. */
  public CompletionStage<Void> control(String type, Payload payload, Incarnation to) {
    MessageId id = new MessageId(incarnation, sequence.incrementAndGet());
    return broker.control(new ControlMessage(id, type, payload), to);
  }

  /** Sends a message to one node on the bulk lane; see {@link Broker#bulk}. Any thread. */
  public CompletionStage<Void> bulk(String type, Payload payload, Incarnation to) {
    MessageId id = new MessageId(incarnation, sequence.incrementAndGet());
    return broker.bulk(new ControlMessage(id, type, payload), to);
  }

  /**
   * Registers the reader of a type of control messages, on either lane, this node's own messages
   * included. Called before {@link #start}.
   *
   * @param reader called on the broker's threads, one of each lane; must not block
   */
  public void onControl(String type, Consumer<ControlMessage> reader) {
    reports.onControl(type, reader);
  }

  /** Publishes prepared publications, in their order. */
  void publish(List<Publish> prepared) {
    broker.publishAll(prepared);
  }

  /**
   * Hands publications of the bus to every shard that wants them. The hub wakes the shards after
   * the last publication, so that publications that came together leave together. Called by one
   * thread per channel at a time; may wait briefly when a loop has fallen behind, so never call it
   * on a loop.
   */
  void deliver(List<Publication> publications) {
    try {
      for (Publication publication : publications) {
        Delivery delivery = memory.heard(publication);
        if (delivery != null && !hand(delivery, HubShard::enqueue)) {
          counters.unwanted.increment();
        }
      }
    } finally {
      wakeShards();
    }
  }

  /** Also called before a wait for one shard, so that the others deliver what they have. */
  private void wakeShards() {
    shards.forEach(HubShard::wake);
  }

  /** False when no shard wants it. */
  private boolean hand(Delivery delivery, BiConsumer<HubShard, Delivery> way) {
    HubShard[] wanting = interest.shards(delivery.publication().channel());
    for (HubShard shard : wanting) {
      way.accept(shard, delivery);
    }
    return wanting.length > 0;
  }

  /** Posts to the channel's home loop: this shard has its first subscriber. */
  void join(Channel channel, HubShard shard, long ticket) {
    int home = home(channel);
    shards.get(home).loop().execute(() -> routeTables.get(home).join(channel, shard, ticket));
  }

  /** Posts to the channels' home loops: the bus no longer routes them here. */
  void lose(Collection<Channel> channels) {
    Map<Integer, List<Channel>> byHome = channels.stream().collect(groupingBy(this::home));
    byHome.forEach(
        (home, lost) -> shards.get(home).loop().execute(() -> routeTables.get(home).lose(lost)));
  }

  /** Posts to the channel's home loop: this shard's last subscriber has left. */
  void leave(Channel channel, HubShard shard) {
    int home = home(channel);
    shards.get(home).loop().execute(() -> routeTables.get(home).leave(channel, shard));
  }

  /** The number of the loop that the channel's route lives on. */
  public int home(Channel channel) {
    int hash = channel.hashCode();
    return Math.floorMod(hash ^ (hash >>> 16), shards.size());
  }

  /** Whether the bus can carry this channel at all. Any thread. */
  public boolean carries(Channel channel) {
    return broker.carries(channel);
  }

  HubConfig config() {
    return config;
  }

  /**
   * Reports that publications of any channel may have been missed until now. Any thread.
   *
   * @param reason a few words
   * @param lasted for how long
   */
  public void reportGap(String reason, Duration lasted) {
    Instant now = wallClock.instant();
    report(new Gap(reason, Set.of(), now.minus(lasted), now));
  }

  private void reportLoop(Gap gap) {
    counters.loopGaps.increment();
    report(gap);
  }

  void report(Gap gap) {
    counters.gaps.increment();
    log.warn(
        "Messages may have been missed: {}; channels: {}; from {} to {}",
        gap.reason(),
        gap.channels().isEmpty() || gap.channels().size() > MAX_NAMED ? "many" : gap.channels(),
        gap.from(),
        gap.to());
  }

  /** Whether a message was sent by this life of this node. Any thread. */
  public boolean isOwn(ControlMessage message) {
    return message.id().node().equals(incarnation);
  }

  /** For tests: the channel's route, on its home loop. */
  RouteTable routeTable(Channel channel) {
    return routeTables.get(home(channel));
  }

  /** For tests: which shards get the channel's publications. */
  InterestMap interest() {
    return interest;
  }
}
