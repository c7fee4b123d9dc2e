package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Backoff;
import io.carillon.adapter.kit.Batcher;
import io.carillon.adapter.kit.BrokerStats;
import io.carillon.adapter.kit.Dialer;
import io.carillon.adapter.kit.Engine;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.ExactPolicy;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.LanePublisher;
import io.carillon.adapter.kit.LinkedBroker;
import io.carillon.adapter.kit.PlainForm;
import io.carillon.adapter.kit.Receiver;
import io.carillon.broker.BrokerListener;
import io.carillon.broker.Capabilities;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.message.Incarnation;
import io.carillon.metrics.MetricSet;
import io.carillon.metrics.MetricSource;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Carries publications and control messages over Redis' pub/sub. A channel is a channel of Redis;
 * nodes have channels of their own for messages between them.
 *
 * <p>Callbacks come from these threads: publications, control and bulk messages from one thread
 * each, outcomes from the publishers', answers to subscribes from the binder's, states and gaps
 * from the supervisor's.
 *
 * <p>{@link BrokerListener#onLost} is called when a cluster of Redis moves slots; one server loses
 * no single subscription. All publishers of a channel share one order, because one thread of Redis
 * carries out all commands for a channel.
 */
final class RedisBroker extends LinkedBroker {

  /** As with RabbitMQ, so that a cluster can move from one to the other. */
  static final int MAX_PAYLOAD = (16 << 20) - (512 << 10);

  private static final Capabilities CAPABILITIES = new Capabilities(true, true, MAX_PAYLOAD);

  private final RedisConfig config;
  private final EnvelopeCodec codec;
  private final Names names;
  private final RedisForm form;
  private final RandomGenerator random;

  /**
   * @param nanoClock monotonic, in nanoseconds
   * @param clock the time of day, for the times of gaps
   * @param random for pauses between attempts
   */
  RedisBroker(
      RedisConfig config, LongSupplier nanoClock, InstantSource clock, RandomGenerator random) {
    EnvelopeCodec envelopes = new EnvelopeCodec(config.cluster(), nanoClock);
    Names inRedis = Names.of(config);
    RedisForm written =
        new RedisForm(
            envelopes,
            inRedis.channels(),
            new PlainForm(config.plainChannels(), random, nanoClock));
    super(new Environment(new Redis(config), nanoClock, clock), written, envelopes);
    this.config = config;
    this.codec = envelopes;
    this.names = inRedis;
    this.form = written;
    this.random = random;
  }

  @Override
  protected Engine<?> assemble(Environment with, Incarnation node, BrokerListener listener) {
    Receiver receiver = new Receiver(with, codec, List.of(form), listener);
    return engine(with, receiver, PubSubLink.dialer(config, names, form, node, with, receiver));
  }

  private <L extends PubSubLink> Engine<L> engine(
      Environment with, Receiver receiver, Dialer<L> dialer) {
    return new Engine<>(
        with,
        dialer,
        new ExactPolicy(),
        receiver,
        new Backoff(config.backoffMin(), config.backoffMax(), random),
        List.of(
            publisher(
                with,
                Lane.PUBLICATIONS,
                Batcher.batching(config.publishing(), form::isJoinable, with.nanoClock())),
            publisher(
                with, Lane.CONTROL, Batcher.inOneOrder(config.publishing(), with.nanoClock())),
            publisher(with, Lane.BULK, Batcher.inOneOrder(config.publishing(), with.nanoClock()))));
  }

  private LanePublisher publisher(Environment with, Lane lane, Batcher batcher) {
    return new LanePublisher(with, lane, "Redis' channels " + names.root() + "*", batcher);
  }

  @Override
  protected String controlAddress() {
    return names.nodes();
  }

  @Override
  protected String address(Lane lane, Incarnation node) {
    return names.node(lane, node);
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public List<MetricSource> metrics() {
    MetricSet<BrokerStats> metrics =
        config.address().pubSub() == null ? RedisMetrics.SET : RedisMetrics.CLUSTER;
    return List.of(metrics.from(this::brokerStats));
  }
}
