package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.Backoff;
import io.carillon.adapter.kit.Batcher;
import io.carillon.adapter.kit.Engine;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.LanePublisher;
import io.carillon.adapter.kit.LinkedBroker;
import io.carillon.adapter.kit.PublishLimits;
import io.carillon.adapter.kit.Receiver;
import io.carillon.broker.BrokerListener;
import io.carillon.broker.Capabilities;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.EnvelopeForm;
import io.carillon.message.Incarnation;
import io.carillon.metrics.MetricSource;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Carries publications and control messages through Kafka: a channel is the key of a record.
 *
 * <p>Accepted means that all replicas which are in sync have the publication. Every node reads
 * every record, and drops those of channels that it is not subscribed to before it decodes them. So
 * a subscription costs the brokers nothing. Kafka keeps records for a while: after an outage a node
 * reads what it has missed, up to a bound, and reports a gap for the rest.
 *
 * <p>Owned by {@code Server}. Callbacks come from these threads: publications from a reader's,
 * control and bulk messages from the mailboxes', outcomes from the publishers', answers to
 * subscribes from the binder's, states and gaps from the supervisor's.
 *
 * <p>{@link BrokerListener#onLost} is never called: a subscription lasts as long as the link.
 */
public final class KafkaBroker extends LinkedBroker {

  /** Up to 16 MiB may be under way. */
  private static final int BULK_WINDOW = 64;

  private final KafkaConfig config;
  private final EnvelopeCodec codec;
  private final Topics topics;
  private final RecordForm form;
  private final RandomGenerator random;

  /**
   * @param nanoClock monotonic, in nanoseconds
   * @param clock the time of day, for the times of gaps and for the bound of what is read again
   * @param random for pauses between attempts, and for numbers of links
   */
  public KafkaBroker(
      KafkaConfig config, LongSupplier nanoClock, InstantSource clock, RandomGenerator random) {
    EnvelopeCodec envelopes = new EnvelopeCodec(config.cluster(), nanoClock);
    RecordForm recordForm = new RecordForm(new EnvelopeForm(envelopes));
    super(new Environment(new Kafka(config), nanoClock, clock), recordForm, envelopes);
    this.config = config;
    this.codec = envelopes;
    this.topics = Topics.of(config.prefix());
    this.form = recordForm;
    this.random = random;
  }

  /** The client itself joins records of one partition, so no publication waits for others. */
  @Override
  protected Engine<?> assemble(Environment with, Incarnation node, BrokerListener listener) {
    Receiver receiver = new Receiver(with, codec, List.of(form), listener);
    return new Engine<>(
        with,
        new KafkaDialer(config, with, topics, form, node, receiver, random),
        new CatchUpPolicy(),
        receiver,
        new Backoff(config.backoffMin(), config.backoffMax(), random),
        List.of(
            publisher(
                with,
                Lane.PUBLICATIONS,
                topics.publications(),
                Batcher.single(config.publishing(), with.nanoClock())),
            publisher(
                with,
                Lane.CONTROL,
                topics.control(),
                Batcher.inOneOrder(config.publishing(), with.nanoClock())),
            publisher(
                with,
                Lane.BULK,
                topics.bulk(),
                Batcher.inOneOrder(bulkLimits(), with.nanoClock()))));
  }

  private PublishLimits bulkLimits() {
    PublishLimits limits = config.publishing();
    return new PublishLimits(
        BULK_WINDOW, 1, limits.batchBytes(), limits.waitingBytes(), limits.timeout());
  }

  private static LanePublisher publisher(
      Environment with, Lane lane, String topic, Batcher batcher) {
    return new LanePublisher(with, lane, "topic \"%s\"".formatted(topic), batcher);
  }

  @Override
  protected String controlAddress() {
    return NodeOutlet.ALL;
  }

  @Override
  protected String address(Lane lane, Incarnation node) {
    return node.toString();
  }

  /** The longest payload depends on the topics; before the first connection it is the usual one. */
  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true, form.maxPayload());
  }

  @Override
  public List<MetricSource> metrics() {
    return List.of(KafkaMetrics.SET.from(this::brokerStats));
  }
}
