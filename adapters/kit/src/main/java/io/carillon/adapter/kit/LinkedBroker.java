package io.carillon.adapter.kit;

import io.carillon.broker.Broker;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.broker.BrokerListener;
import io.carillon.broker.BrokerRefusedException;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.Peers;
import io.carillon.broker.Publish;
import io.carillon.broker.PublishCallback;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.broker.WireForm;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.Publication;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker over a {@link Link} that comes and goes. An adapter adds the form of its broker's
 * messages, and the way to connect.
 *
 * <p>Callbacks come from these threads: publications and control messages from those on which the
 * adapter calls its {@link Receiver}, outcomes from the publishers', answers to subscribes from the
 * binder's, states and outage gaps from the supervisor's.
 */
public abstract class LinkedBroker implements Broker {

  private static final Logger log = LoggerFactory.getLogger(LinkedBroker.class);

  private final WireForm form;
  private final EnvelopeCodec codec;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Environment environment;
  private volatile @Nullable Engine<?> engine;

  /**
   * @param environment this broker's alone
   * @param form in which publications are written
   * @param codec writes control messages
   */
  protected LinkedBroker(Environment environment, WireForm form, EnvelopeCodec codec) {
    this.environment = environment;
    this.form = form;
    this.codec = codec;
  }

  /**
   * Puts the parts together. Called once, by {@link #start}.
   *
   * @throws BrokerConfigurationException when the configuration can't work
   */
  protected abstract Engine<?> assemble(
      Environment with, Incarnation node, BrokerListener listener);

  /** The address of control messages for all nodes. */
  protected abstract String controlAddress();

  /**
   * Where messages for one node go on a lane. An outlet that finds nobody there answers with a
   * refusal of {@link Refusal#NOT_CARRIED}.
   *
   * @param lane control or bulk
   * @throws BrokerRefusedException when nodes can't be addressed now
   */
  protected abstract String address(Lane lane, Incarnation node);

  @Override
  public final void meet(Peers peers) {
    environment.barriers().meet(peers);
  }

  @Override
  public final CompletionStage<Void> start(Incarnation node, BrokerListener listener) {
    try {
      Engine<?> made = assemble(environment, node, listener);
      engine = made;
      if (closed.get()) { // Before it was started, or meanwhile: close may not have seen it.
        made.close();
        return CompletableFuture.failedStage(unavailable());
      }
      return made.start();
    } catch (BrokerConfigurationException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public final CompletionStage<Void> subscribe(Collection<Channel> channels) {
    Engine<?> running = running();
    return running == null
        ? CompletableFuture.failedStage(unavailable())
        : running.subscribe(List.copyOf(channels));
  }

  @Override
  public final CompletionStage<Void> unsubscribe(Collection<Channel> channels) {
    Engine<?> running = running();
    return running == null
        ? CompletableFuture.completedStage(null)
        : running.unsubscribe(List.copyOf(channels));
  }

  @Override
  public final void publish(Publication publication, PublishCallback callback) {
    publishAll(List.of(new Publish(publication, callback)));
  }

  @Override
  public final void publishAll(List<Publish> batch) {
    Engine<?> running = running();
    if (running == null) {
      batch.forEach(one -> refuse(one, Refusal.UNAVAILABLE, "not connected"));
      return;
    }
    List<Outgoing> encoded = new ArrayList<>(batch.size());
    for (Publish one : batch) {
      try {
        encoded.add(encode(one));
      } catch (BrokerRefusedException e) {
        refuse(one, e.kind(), String.valueOf(e.getMessage()));
      } catch (IllegalArgumentException e) {
        refuse(one, Refusal.TOO_LARGE, String.valueOf(e.getMessage()));
      } catch (RuntimeException | OutOfMemoryError e) { // The others have nothing to do with it.
        refuse(one, Refusal.UNAVAILABLE, String.valueOf(e.getMessage()));
      }
    }
    running.publish(Lane.PUBLICATIONS, encoded);
  }

  private static void refuse(Publish one, Refusal kind, String why) {
    try {
      one.callback().onOutcome(new PublishOutcome.Refused(kind, why));
    } catch (RuntimeException | Error bug) { // The others are owed their outcomes.
      log.error("A publish callback failed", bug);
    }
  }

  private Outgoing encode(Publish one) {
    int size = one.publication().payload().size();
    int maxPayload = capabilities().maxPayload();
    if (size > maxPayload) {
      throw BrokerRefusedException.tooLarge(size, maxPayload);
    }
    Channel channel = one.publication().channel();
    if (!form.carries(channel)) {
      throw new BrokerRefusedException(Refusal.NOT_CARRIED, "no message can have such an address");
    }
    return new Outgoing(form.address(channel), form.encode(one.publication()), one.callback());
  }

  @Override
  public final CompletionStage<Void> control(ControlMessage message) {
    return send(Lane.CONTROL, message, MAX_CONTROL_BYTES, null);
  }

  @Override
  public final CompletionStage<Void> control(ControlMessage message, Incarnation to) {
    return send(Lane.CONTROL, message, MAX_CONTROL_BYTES, to);
  }

  @Override
  public final CompletionStage<Void> bulk(ControlMessage message, Incarnation to) {
    return send(Lane.BULK, message, MAX_BULK_BYTES, to);
  }

  private CompletionStage<Void> send(
      Lane lane, ControlMessage message, int maxBytes, @Nullable Incarnation to) {
    int size = message.payload().size();
    if (size > maxBytes) {
      return CompletableFuture.failedStage(BrokerRefusedException.tooLarge(size, maxBytes));
    }
    Engine<?> running = running();
    if (running == null) {
      return CompletableFuture.failedStage(unavailable());
    }
    try {
      String address = to == null ? controlAddress() : address(lane, to);
      byte[] envelope = codec.encode(message, environment.clock().millis());
      ControlStage sent = new ControlStage(to, environment.timer());
      running.publish(lane, List.of(new Outgoing(address, envelope, sent)));
      return sent.stage();
    } catch (BrokerRefusedException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public final void close() {
    if (closed.compareAndSet(false, true)) {
      Engine<?> last = engine;
      if (last != null) {
        last.close();
      }
    }
  }

  /** The broker's counters since its start, and its state. Any thread, at any time. */
  public final BrokerStats brokerStats() {
    Engine<?> last = engine;
    return last == null ? BrokerStats.NONE : last.stats();
  }

  /** The counters of the questions to other nodes. Any thread, at any time. */
  protected final BarrierStats barrierStats() {
    return environment.barriers().stats();
  }

  private @Nullable Engine<?> running() {
    return closed.get() ? null : engine;
  }

  private static BrokerRefusedException unavailable() {
    return new BrokerRefusedException(Refusal.UNAVAILABLE, "not connected");
  }
}
