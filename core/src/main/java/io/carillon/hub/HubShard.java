package io.carillon.hub;

import io.carillon.broker.Publish;
import io.carillon.broker.PublishCallback;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's part of the hub: the channels with subscribers on that loop. Plain maps, no
 * locks: everything except {@link #enqueue} and {@link #wake} runs on the loop's thread.
 *
 * <p><b>Subscribing.</b> The shard answers alone only if the channel is already routed to it, or if
 * the bus is away and the answer is no. A channel's first subscriber on this shard goes through the
 * channel's {@link Route}, on the channel's home loop, and is answered when the route says that the
 * bus routes the channel here. Joins carry a ticket. The shard compares tickets, so it does not
 * take an answer to an earlier join, whose subscribers have left, for the answer to a later one.
 *
 * <p>Publications reach the subscribers through the shard's {@link FanOut}.
 */
public final class HubShard {

  private final Hub hub;
  private final Loop loop;
  private final Map<Channel, LocalChannel> channels = new HashMap<>();
  private final Map<String, Subscriber> named = new HashMap<>();
  private final FanOut fanOut;
  private final SubscriptionCounter counter;

  /** The publications of clients in this turn. */
  private List<Publish> published = new ArrayList<>();

  private long lastTicket;

  /**
   * @param nanoClock monotonic, in nanoseconds
   */
  HubShard(Hub hub, Loop loop, ShardQueue queue, LongSupplier nanoClock) {
    this.hub = hub;
    this.loop = loop;
    this.fanOut = new FanOut(loop, queue, channels, named, nanoClock);
    this.counter = new SubscriptionCounter(loop, this::subscriptions);
  }

  /** The loop that owns this shard. */
  public Loop loop() {
    return loop;
  }

  /** Registers the listener for numbers of subscriptions. Before the hub starts. */
  public void listen(SubscriptionListener listener) {
    counter.listen(listener);
  }

  /** Adds a connection of this loop. */
  public Subscriber open(Connection connection, Encoder encoder) {
    assert loop.inLoop();
    return new Subscriber(this, "", connection, encoder);
  }

  /**
   * Adds a connection of this loop under a name, by which a publication can exclude it.
   *
   * @param name unique in the cluster
   */
  public Subscriber open(String name, Connection connection, Encoder encoder) {
    assert loop.inLoop();
    Subscriber subscriber = new Subscriber(this, name, connection, encoder);
    named.put(name, subscriber);
    return subscriber;
  }

  void forget(Subscriber subscriber) {
    assert loop.inLoop();
    named.remove(subscriber.name, subscriber);
  }

  HubCounters counters() {
    return hub.counters();
  }

  int maxSubscriptions() {
    return hub.config().maxSubscriptions();
  }

  void subscribe(
      Subscriber subscriber,
      Channel channel,
      Subscription.Start start,
      SubscribeCallback callback) {
    assert loop.inLoop();
    if (!hub.isBusUp()) {
      hub.counters().failedSubscribes.increment();
      callback.onOutcome(SubscribeOutcome.BUS_UNAVAILABLE);
      return;
    }
    LocalChannel local = channels.get(channel);
    boolean first = local == null;
    if (local == null) {
      if (!hub.carries(channel)) {
        callback.onOutcome(SubscribeOutcome.NOT_CARRIED);
        return;
      }
      local = new LocalChannel(channel, ++lastTicket);
      if (counter.wants(channel)) {
        local.setCounted();
      }
      channels.put(channel, local);
    }
    Subscription subscription = new Subscription(subscriber, local, start);
    subscriber.remember(subscription);
    if (local.isRouted()) {
      local.settle(subscription);
      hub.counters().subscribed.increment();
      countIfActive(subscription);
      callback.onOutcome(SubscribeOutcome.SUBSCRIBED);
      return;
    }
    boolean again = local.isLost() && !local.isAwaited();
    if (again) {
      local.renew(++lastTicket); // An answer to an earlier join may still be on its way.
    }
    boolean asks = first || again;
    local.await(subscription, callback);
    if (asks) {
      hub.join(channel, this, local.ticket());
    }
  }

  /** Called on this loop when the route has answered a join. */
  void onJoinAnswered(Channel channel, long ticket, SubscribeOutcome outcome) {
    assert loop.inLoop();
    LocalChannel local = channels.get(channel);
    if (local == null || local.ticket() != ticket) {
      return;
    }
    if (outcome == SubscribeOutcome.SUBSCRIBED) {
      admit(local);
    } else {
      refuse(local, outcome);
    }
  }

  /** Called on this loop: the bus has stopped routing a channel here, unasked. */
  void onRouteLost(Channel channel) {
    assert loop.inLoop();
    LocalChannel local = channels.get(channel);
    if (local != null && local.isRouted()) {
      local.lose();
    }
  }

  /** Called on this loop: the bus routes a channel here again that was lost. */
  void onRouteRestored(Channel channel) {
    assert loop.inLoop();
    LocalChannel local = channels.get(channel);
    if (local != null && local.isLost()) {
      admit(local);
    }
  }

  private void admit(LocalChannel local) {
    local.setRouted();
    List<LocalChannel.Waiting> waiting = local.takeWaiting();
    hub.counters().subscribed.add(waiting.size());
    for (LocalChannel.Waiting w : waiting) {
      local.settle(w.subscription());
      countIfActive(w.subscription());
    }
    waiting.forEach(w -> w.callback().onOutcome(SubscribeOutcome.SUBSCRIBED));
  }

  private void refuse(LocalChannel local, SubscribeOutcome outcome) {
    List<LocalChannel.Waiting> waiting = local.takeWaiting();
    hub.counters().failedSubscribes.add(waiting.size());
    waiting.forEach(w -> w.subscription().subscriber.forget(w.subscription()));
    if (local.isUnused()) {
      channels.remove(local.channel());
      if (local.isLost()) { // The route has kept this shard's place.
        hub.leave(local.channel(), this);
      }
    }
    waiting.forEach(w -> w.callback().onOutcome(outcome));
  }

  void activate(Subscription subscription, @Nullable Remembered known) {
    assert loop.inLoop();
    LocalChannel local = subscription.local;
    local.activate(subscription, known);
    count(local);
  }

  void leave(Subscription subscription) {
    assert loop.inLoop();
    LocalChannel local = subscription.local;
    if (subscription.isActive() || subscription.reserved) {
      hub.counters().unsubscribed.increment();
    }
    countIfActive(subscription);
    local.remove(subscription);
    if (local.isUnused() && channels.remove(local.channel(), local)) {
      hub.leave(local.channel(), this);
    }
  }

  private void countIfActive(Subscription subscription) {
    if (subscription.isActive()) {
      count(subscription.local);
    }
  }

  private void count(LocalChannel local) {
    if (local.isCounted()) {
      counter.onChange(local.channel());
    }
  }

  /** How many active subscriptions a channel has on this shard. On the loop's thread. */
  public int subscriptions(Channel channel) {
    assert loop.inLoop();
    LocalChannel local = channels.get(channel);
    return local == null ? 0 : local.count();
  }

  /**
   * The numbers of active subscriptions on this shard, of all channels that have some. Looks at
   * every channel of the shard. On the loop's thread.
   *
   * @param wanted matches the channels of the answer
   */
  public Map<Channel, Integer> subscriptions(Predicate<Channel> wanted) {
    assert loop.inLoop();
    Map<Channel, Integer> counts = new HashMap<>();
    channels.forEach(
        (channel, local) -> {
          if (local.count() > 0 && wanted.test(channel)) {
            counts.put(channel, local.count());
          }
        });
    return counts;
  }

  /**
   * Sends a frame of a protocol's own, not a publication, to those subscribers of a channel on this
   * shard that have this encoder.
   */
  @SuppressWarnings("ReferenceEquality") // Encoders are compared by identity.
  public void send(Channel channel, Encoder encoder, Frame frame) {
    assert loop.inLoop();
    LocalChannel local = channels.get(channel);
    for (int i = 0; local != null && i < local.count(); i++) {
      Subscriber subscriber = local.subscription(i).subscriber;
      if (subscriber.encoder == encoder) {
        subscriber.connection.send(frame);
      }
    }
  }

  /**
   * Collects the publication; all publications of a turn go to the broker at its end, so that they
   * leave together. The outcome comes on a thread of the broker's and is posted to this loop.
   */
  void publish(Draft draft, PublishCallback callback) {
    assert loop.inLoop();
    if (published.isEmpty()) {
      loop.execute(this::passOn);
    }
    published.add(hub.prepare(draft, outcome -> loop.execute(() -> callback.onOutcome(outcome))));
  }

  private void passOn() {
    assert loop.inLoop();
    List<Publish> all = published;
    published = new ArrayList<>();
    hub.publish(all);
  }

  /**
   * Hands a publication over to this loop, which delivers it when it is woken, or earlier if it is
   * draining anyway; called by the broker's thread.
   */
  void enqueue(Delivery delivery) {
    fanOut.enqueue(delivery);
  }

  /**
   * The same from a thread that must not wait: without room the publication is dropped, in a gap.
   */
  void enqueueAtOnce(Delivery delivery) {
    fanOut.enqueueAtOnce(delivery);
  }

  /** Makes the loop deliver the publications that it was handed; called by the broker's thread. */
  void wake() {
    fanOut.wake();
  }

  /** Publications that were dropped because this loop was too slow, so far. Any thread. */
  long lost() {
    return fanOut.lost();
  }

  /** Frames sent to subscribers so far. Any thread. */
  public long deliveries() {
    return fanOut.deliveries();
  }

  /** How many bytes of publications wait for this loop now. Any thread. */
  public long waitingBytes() {
    return fanOut.waitingBytes();
  }

  /** The subscriptions on this shard: channel to connection ids. A copy; on the loop's thread. */
  public Map<Channel, List<String>> snapshot() {
    assert loop.inLoop();
    Map<Channel, List<String>> snapshot = new HashMap<>();
    channels.forEach((channel, local) -> snapshot.put(channel, connectionIds(local)));
    return snapshot;
  }

  private static List<String> connectionIds(LocalChannel local) {
    return IntStream.range(0, local.count())
        .mapToObj(i -> local.subscription(i).subscriber.connection.id())
        .sorted()
        .toList();
  }

  /** For tests: the channel's state here, null if it has no subscribers and no waiting ones. */
  @Nullable LocalChannel channel(Channel name) {
    return channels.get(name);
  }
}
