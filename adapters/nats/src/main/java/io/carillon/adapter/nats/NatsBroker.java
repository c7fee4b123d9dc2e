package io.carillon.adapter.nats;

import io.carillon.adapter.kit.Backoff;
import io.carillon.adapter.kit.BarrierStats;
import io.carillon.adapter.kit.Batcher;
import io.carillon.adapter.kit.Engine;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.ExactPolicy;
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
 * Carries publications and control messages through core NATS: a channel is a subject.
 *
 * <p>Accepted means that the connected server has the publication. NATS keeps nothing: a
 * publication for a node that is not connected at that moment is lost for that node, which reports
 * a gap.
 *
 * <p>Where the server is one of several, subscribed means that all live nodes have confirmed the
 * subscription ({@link Confirmations}), if the broker was told of them ({@link #meet}).
 *
 * <p>Owned by {@code Server}. Callbacks come from these threads: publications from those that read
 * the client's sockets and, when this node is slow, from the executor's, control messages and bulk
 * messages from threads of their own (one at a time for each kind), outcomes from those that
 * publish or read, answers to subscribes from the binder's, states and gaps from the supervisor's
 * and the timer's.
 *
 * <p>{@link BrokerListener#onLost} is never called: a subscription lasts as long as its connection,
 * unless an operator takes the permission away, which costs the link.
 *
 * <p>NATS gives no total order: two publishers' messages may reach two nodes in different orders.
 */
public final class NatsBroker extends LinkedBroker {

  /** Up to 16 MiB may be under way. */
  private static final int BULK_WINDOW = 64;

  private final NatsConfig config;
  private final EnvelopeCodec codec;
  private final Subjects subjects;
  private final SubjectForm form;
  private final RandomGenerator random;

  /**
   * @param nanoClock monotonic, in nanoseconds
   * @param clock the time of day, for the times of gaps
   * @param random for pauses between attempts, the order of servers, and names of inboxes
   */
  public NatsBroker(
      NatsConfig config, LongSupplier nanoClock, InstantSource clock, RandomGenerator random) {
    EnvelopeCodec envelopes = new EnvelopeCodec(config.cluster(), nanoClock);
    Subjects all = Subjects.of(config.prefix());
    SubjectForm subjectForm = new SubjectForm(new EnvelopeForm(envelopes), all);
    super(new Environment(new Nats(config), nanoClock, clock), subjectForm, envelopes);
    this.config = config;
    this.codec = envelopes;
    this.subjects = all;
    this.form = subjectForm;
    this.random = random;
  }

  @Override
  protected Engine<?> assemble(Environment with, Incarnation node, BrokerListener listener) {
    Receiver receiver = new Receiver(with, codec, List.of(form), listener);
    LinkOpener opener = new LinkOpener(config, with, form, subjects, node, receiver, random);
    return new Engine<>(
        with,
        new NatsDialer(config, opener, random),
        new ExactPolicy(),
        receiver,
        new Backoff(config.backoffMin(), config.backoffMax(), random),
        List.of(
            publisher(
                with, Lane.PUBLICATIONS, Batcher.batching(config.publishing(), with.nanoClock())),
            publisher(
                with, Lane.CONTROL, Batcher.inOneOrder(config.publishing(), with.nanoClock())),
            publisher(with, Lane.BULK, Batcher.inOneOrder(bulkLimits(), with.nanoClock()))));
  }

  private PublishLimits bulkLimits() {
    PublishLimits limits = config.publishing();
    return new PublishLimits(
        BULK_WINDOW, 1, limits.batchBytes(), limits.waitingBytes(), limits.timeout());
  }

  private LanePublisher publisher(Environment with, Lane lane, Batcher batcher) {
    return new LanePublisher(with, lane, "subjects \"%s\"".formatted(subjects.root()), batcher);
  }

  @Override
  protected String controlAddress() {
    return subjects.control();
  }

  @Override
  protected String address(Lane lane, Incarnation node) {
    return switch (lane) {
      case CONTROL -> subjects.node(node);
      case BULK -> subjects.bulk(node);
      case PUBLICATIONS -> throw new IllegalArgumentException("publications are for no node");
    };
  }

  /** The longest payload depends on the server; before the first connection it is the usual one. */
  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, false, form.maxPayload());
  }

  /** For tests: the counters of the confirmations of other nodes. */
  BarrierStats confirmations() {
    return barrierStats();
  }

  @Override
  public List<MetricSource> metrics() {
    return List.of(
        NatsMetrics.SET.from(this::brokerStats), NatsMetrics.BARRIER.from(this::barrierStats));
  }
}
