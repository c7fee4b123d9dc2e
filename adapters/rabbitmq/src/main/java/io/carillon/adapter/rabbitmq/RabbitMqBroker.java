package io.carillon.adapter.rabbitmq;

import io.carillon.adapter.kit.Backoff;
import io.carillon.adapter.kit.BarrierStats;
import io.carillon.adapter.kit.Batcher;
import io.carillon.adapter.kit.Engine;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.LanePublisher;
import io.carillon.adapter.kit.LinkedBroker;
import io.carillon.adapter.kit.Receiver;
import io.carillon.broker.BrokerListener;
import io.carillon.broker.Capabilities;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.EnvelopeForm;
import io.carillon.broker.ForeignForm;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.metrics.MetricSource;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Carries publications through a RabbitMQ topic exchange and control messages through a fanout
 * exchange. Each node has one exclusive queue for each of the two; a channel is a binding of the
 * first queue.
 *
 * <p>Owned by {@code Server}. Callbacks come from these threads: publications, control messages and
 * overflow gaps from consumer threads (one at a time for each of them), outcomes from the
 * publishers', answers to subscribes from the binder's, states and outage gaps from the
 * supervisor's.
 *
 * <p>Control and bulk messages for one node go through a direct exchange, to the node's control
 * queue or to its bulk queue. RabbitMQ returns those to a node that is gone, since no queue is
 * bound to their key.
 *
 * <p>Where a bind's answer does not prove that all servers route here, subscribed means that all
 * live nodes have confirmed it ({@link Confirmations}), if the broker was told of them ({@link
 * #meet}).
 *
 * <p>{@link BrokerListener#onLost} is never called: RabbitMQ tells nobody that a single binding is
 * gone. A lost exchange or queue costs the link, which is an outage.
 *
 * <p>RabbitMQ gives no total order: two publishers' messages may reach two queues in different
 * orders.
 */
public final class RabbitMqBroker extends LinkedBroker {

  /**
   * RabbitMQ 4 closes the channel of a node that sends a message of more than 16 MiB. The rest is
   * for the envelope: its strings have 64 KiB each at most.
   */
  private static final int MAX_PAYLOAD = (16 << 20) - (512 << 10);

  private static final Capabilities CAPABILITIES = new Capabilities(true, false, MAX_PAYLOAD);

  /** A fanout exchange ignores it. */
  static final String CONTROL_KEY = "";

  private final RabbitMqConfig config;
  private final EnvelopeCodec codec;
  private final Wire wire;
  private final Backoff backoff;
  private final WidePolicy policy;

  /**
   * @param nanoClock monotonic, in nanoseconds
   * @param clock the time of day, for the times of gaps
   * @param random for pauses between attempts
   */
  public RabbitMqBroker(
      RabbitMqConfig config, LongSupplier nanoClock, InstantSource clock, RandomGenerator random) {
    this(config, null, nanoClock, clock, random);
  }

  /**
   * As above, on a bus on which some nodes speak another form.
   *
   * @param foreign that form; null for none
   */
  public RabbitMqBroker(
      RabbitMqConfig config,
      @Nullable ForeignForm foreign,
      LongSupplier nanoClock,
      InstantSource clock,
      RandomGenerator random) {
    EnvelopeCodec envelopes = new EnvelopeCodec(config.cluster(), nanoClock);
    Wire spoken = Wire.of(config.exchange(), new EnvelopeForm(envelopes), foreign);
    super(
        new Environment(new RabbitMq(config), nanoClock, clock),
        spoken.written().form(),
        envelopes);
    this.config = config;
    this.codec = envelopes;
    this.wire = spoken;
    this.backoff = new Backoff(config.backoffMin(), config.backoffMax(), random);
    this.policy = new WidePolicy(config.wide(), nanoClock);
  }

  @Override
  protected Engine<?> assemble(Environment with, Incarnation node, BrokerListener listener) {
    Receiver receiver = new Receiver(with, codec, wire.forms(), listener);
    RabbitMqDialer dialer = new RabbitMqDialer(config, wire, node, with, receiver);
    return new Engine<>(
        with,
        dialer,
        policy,
        receiver,
        backoff,
        List.of(
            publisher(with, Lane.PUBLICATIONS, wire.written(), batcher(with)),
            publisher(with, Lane.CONTROL, wire.control(), inOneOrder(with)),
            publisher(with, Lane.BULK, wire.nodes(), inOneOrder(with))));
  }

  private Batcher batcher(Environment with) {
    return wire.written().form().isConcatenable()
        ? Batcher.batching(config.publishing(), with.nanoClock())
        : Batcher.single(config.publishing(), with.nanoClock());
  }

  private Batcher inOneOrder(Environment with) {
    return Batcher.inOneOrder(config.publishing(), with.nanoClock());
  }

  private static LanePublisher publisher(
      Environment with, Lane lane, Wire.Place place, Batcher batcher) {
    return new LanePublisher(with, lane, "exchange \"%s\"".formatted(place.exchange()), batcher);
  }

  @Override
  protected String controlAddress() {
    return CONTROL_KEY;
  }

  @Override
  protected String address(Lane lane, Incarnation node) {
    return switch (lane) {
      case CONTROL -> nodeKey(node);
      case BULK -> Topology.bulkKey(nodeKey(node));
      case PUBLICATIONS -> throw new IllegalArgumentException("publications are for no node");
    };
  }

  /** By which other nodes address a node. */
  static String nodeKey(Incarnation node) {
    return node.toString();
  }

  @Override
  public boolean carries(Channel channel) {
    return wire.carries(channel);
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  /** For tests: the counters of the confirmations of other nodes. */
  BarrierStats confirmations() {
    return barrierStats();
  }

  @Override
  public List<MetricSource> metrics() {
    return List.of(
        RabbitMqMetrics.SET.from(this::stats), RabbitMqMetrics.BARRIER.from(this::barrierStats));
  }

  /** The broker's counters since its start, and its state. Any thread, at any time. */
  public RabbitMqStats stats() {
    return RabbitMqStats.of(brokerStats(), policy);
  }
}
