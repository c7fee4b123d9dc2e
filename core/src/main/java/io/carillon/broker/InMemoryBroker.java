package io.carillon.broker;

import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.Publication;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One node's connection to an {@link InMemoryBus}. Nothing leaves the process. */
public final class InMemoryBroker implements Broker {

  private static final PublishOutcome REFUSED =
      new PublishOutcome.Refused(Refusal.UNAVAILABLE, "not connected");

  private static final Capabilities CAPABILITIES =
      new Capabilities(false, true, InMemoryBus.MAX_PAYLOAD);

  private final InMemoryBus bus;
  private volatile @Nullable Incarnation node;
  private volatile @Nullable BrokerListener listener;

  InMemoryBroker(InMemoryBus bus) {
    this.bus = bus;
  }

  @Override
  public CompletionStage<Void> start(Incarnation node, BrokerListener listener) {
    this.node = node;
    this.listener = listener;
    bus.join(this);
    listener.onState(BrokerState.UP);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> subscribe(Collection<Channel> channels) {
    if (listener == null) {
      return CompletableFuture.failedStage(closed());
    }
    channels.forEach(channel -> bus.subscribe(this, channel));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> unsubscribe(Collection<Channel> channels) {
    channels.forEach(channel -> bus.unsubscribe(this, channel));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void publish(Publication publication, PublishCallback callback) {
    if (listener == null) {
      callback.onOutcome(REFUSED);
      return;
    }
    bus.publish(List.of(new Publish(publication, callback)));
  }

  @Override
  public void publishAll(List<Publish> batch) {
    if (listener == null) {
      batch.forEach(one -> one.callback().onOutcome(REFUSED));
      return;
    }
    bus.publish(batch);
  }

  @Override
  public CompletionStage<Void> control(ControlMessage message) {
    return sent(message, MAX_CONTROL_BYTES, () -> bus.control(message, null));
  }

  @Override
  public CompletionStage<Void> control(ControlMessage message, Incarnation to) {
    return sent(message, MAX_CONTROL_BYTES, () -> bus.control(message, to));
  }

  @Override
  public CompletionStage<Void> bulk(ControlMessage message, Incarnation to) {
    return sent(message, MAX_BULK_BYTES, () -> bus.bulk(message, to));
  }

  private CompletionStage<Void> sent(
      ControlMessage message, int maxBytes, Supplier<CompletionStage<Void>> send) {
    if (listener == null) {
      return CompletableFuture.failedStage(closed());
    }
    int size = message.payload().size();
    return size > maxBytes
        ? CompletableFuture.failedStage(BrokerRefusedException.tooLarge(size, maxBytes))
        : send.get();
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public void close() {
    BrokerListener last = listener;
    listener = null;
    bus.leave(this);
    if (last != null) {
      last.onState(BrokerState.DOWN);
    }
  }

  /** Whether others address this node by an incarnation. */
  boolean isCalled(Incarnation incarnation) {
    return incarnation.equals(node);
  }

  void deliver(List<Publication> publications) {
    BrokerListener current = listener;
    if (current != null) {
      current.onPublications(publications);
    }
  }

  void deliver(ControlMessage message) {
    BrokerListener current = listener;
    if (current != null) {
      current.onControl(message);
    }
  }

  void deliverBulk(ControlMessage message) {
    BrokerListener current = listener;
    if (current != null) {
      current.onBulk(message);
    }
  }

  private static BrokerRefusedException closed() {
    return new BrokerRefusedException(Refusal.UNAVAILABLE, "not connected");
  }
}
