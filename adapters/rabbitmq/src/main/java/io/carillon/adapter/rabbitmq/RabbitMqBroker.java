package io.carillon.adapter.rabbitmq;

import io.carillon.adapter.rabbitmq.PublishLanes.Outgoing;
import io.carillon.broker.Broker;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.broker.BrokerListener;
import io.carillon.broker.BrokerRefusedException;
import io.carillon.broker.BrokerUnansweredException;
import io.carillon.broker.Capabilities;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.EnvelopeForm;
import io.carillon.broker.ForeignForm;
import io.carillon.broker.Publish;
import io.carillon.broker.PublishCallback;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.broker.WireForm;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.Publication;
import io.carillon.metrics.MetricSource;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Carries publications through a RabbitMQ topic exchange and control messages through a fanout
 * exchange. Each node has one exclusive queue for either; a channel is a binding of the first.
 *
 * <p>Owned by {@code Server}. Callbacks come from these threads: publications, control messages and
 * overflow gaps from consumer threads (one at a time for each of them), outcomes from the
 * publishers', answers to subscribes from the binder's, states and outage gaps from the
 * supervisor's.
 *
 * <p>RabbitMQ gives no total order: two publishers' messages may reach two queues in different
 * orders.
 */
public final class RabbitMqBroker implements Broker {

  /**
   * RabbitMQ 4 closes the channel of a node that sends a message of more than 16 MiB. The rest is
   * for the envelope: its strings have 64 KiB each at most.
   */
  private static final int MAX_PAYLOAD = (16 << 20) - (512 << 10);

  private static final Capabilities CAPABILITIES = new Capabilities(true, false, MAX_PAYLOAD);

  /** A fanout exchange ignores it. */
  private static final String CONTROL_KEY = "";

  private final RabbitMqConfig config;
  private final LongSupplier nanoClock;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final EnvelopeCodec codec;
  private final Wire wire;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable Engine engine;

  /**
   * @param nanoClock monotonic, in nanoseconds
   * @param clock the wall's, for the times of gaps
   * @param random for pauses between attempts
   */
  public RabbitMqBroker(
      RabbitMqConfig config, LongSupplier nanoClock, InstantSource clock, RandomGenerator random) {
    this(config, null, nanoClock, clock, random);
  }

  /**
   * As above, on a bus where some nodes speak another form.
   *
   * @param foreign that form; null for none
   */
  public RabbitMqBroker(
      RabbitMqConfig config,
      @Nullable ForeignForm foreign,
      LongSupplier nanoClock,
      InstantSource clock,
      RandomGenerator random) {
    this.config = config;
    this.nanoClock = nanoClock;
    this.clock = clock;
    this.random = random;
    this.codec = new EnvelopeCodec(config.cluster(), nanoClock);
    this.wire = Wire.of(config.exchange(), new EnvelopeForm(codec), foreign);
  }

  @Override
  public CompletionStage<Void> start(Incarnation node, BrokerListener listener) {
    try {
      Engine made = new Engine(config, wire, codec, listener, nanoClock, clock, random);
      engine = made;
      return made.start();
    } catch (BrokerConfigurationException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public boolean carries(Channel channel) {
    return wire.carries(channel);
  }

  @Override
  public CompletionStage<Void> subscribe(Collection<Channel> channels) {
    Engine running = running();
    return running == null
        ? CompletableFuture.failedStage(unavailable())
        : running.binder().subscribe(List.copyOf(channels));
  }

  @Override
  public CompletionStage<Void> unsubscribe(Collection<Channel> channels) {
    Engine running = running();
    return running == null
        ? CompletableFuture.completedStage(null)
        : running.binder().unsubscribe(List.copyOf(channels));
  }

  @Override
  public void publish(Publication publication, PublishCallback callback) {
    publishAll(List.of(new Publish(publication, callback)));
  }

  @Override
  public void publishAll(List<Publish> batch) {
    Engine running = running();
    if (running == null) {
      PublishOutcome refused = new PublishOutcome.Refused(Refusal.UNAVAILABLE, "not connected");
      batch.forEach(one -> one.callback().onOutcome(refused));
      return;
    }
    List<Outgoing> encoded = new ArrayList<>(batch.size());
    for (Publish one : batch) {
      try {
        encoded.add(encode(one));
      } catch (BrokerRefusedException e) {
        refuse(one, e.kind(), e);
      } catch (IllegalArgumentException e) {
        refuse(one, Refusal.TOO_LARGE, e);
      } catch (RuntimeException | OutOfMemoryError e) { // The others have nothing to do with it.
        refuse(one, Refusal.UNAVAILABLE, e);
      }
    }
    running.publications().publish(encoded);
  }

  private static void refuse(Publish one, Refusal kind, Throwable why) {
    one.callback().onOutcome(new PublishOutcome.Refused(kind, String.valueOf(why.getMessage())));
  }

  private Outgoing encode(Publish one) {
    int size = one.publication().payload().size();
    if (size > MAX_PAYLOAD) {
      throw BrokerRefusedException.tooLarge(size, MAX_PAYLOAD);
    }
    WireForm form = wire.written().form();
    Channel channel = one.publication().channel();
    if (!form.carries(channel)) {
      throw new BrokerRefusedException(Refusal.NOT_CARRIED, "no message can have such an address");
    }
    return new Outgoing(form.address(channel), form.encode(one.publication()), one.callback());
  }

  @Override
  public CompletionStage<Void> control(ControlMessage message) {
    Engine running = running();
    int size = message.payload().size();
    if (size > MAX_CONTROL_BYTES) {
      return CompletableFuture.failedStage(
          BrokerRefusedException.tooLarge(size, MAX_CONTROL_BYTES));
    }
    if (running == null) {
      return CompletableFuture.failedStage(unavailable());
    }
    CompletableFuture<Void> sent = new CompletableFuture<>();
    byte[] envelope = codec.encode(message, clock.millis());
    running
        .control()
        .publish(List.of(new Outgoing(CONTROL_KEY, envelope, outcome -> complete(sent, outcome))));
    return sent;
  }

  @Override
  public CompletionStage<Void> control(ControlMessage message, Incarnation to) {
    return CompletableFuture.failedStage(unavailable());
  }

  @Override
  public CompletionStage<Void> bulk(ControlMessage message, Incarnation to) {
    return CompletableFuture.failedStage(unavailable());
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public List<MetricSource> metrics() {
    return List.of(RabbitMqMetrics.SET.from(this::stats));
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      Engine last = engine;
      if (last != null) {
        last.close();
      }
    }
  }

  /** What this broker did since its start, and where it stands. Any thread, at any time. */
  public RabbitMqStats stats() {
    Engine last = engine;
    return last == null ? RabbitMqStats.NONE : last.stats();
  }

  private @Nullable Engine running() {
    return closed.get() ? null : engine;
  }

  private static void complete(CompletableFuture<Void> sent, PublishOutcome outcome) {
    switch (outcome) {
      case PublishOutcome.Accepted accepted -> sent.complete(null);
      case PublishOutcome.Refused refused ->
          sent.completeExceptionally(new BrokerRefusedException(refused.kind(), refused.reason()));
      case PublishOutcome.Unknown unknown ->
          sent.completeExceptionally(new BrokerUnansweredException(unknown.reason()));
    }
  }

  private static BrokerRefusedException unavailable() {
    return new BrokerRefusedException(Refusal.UNAVAILABLE, "not connected");
  }
}
