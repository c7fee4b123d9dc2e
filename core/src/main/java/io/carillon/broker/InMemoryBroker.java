package io.carillon.broker;

import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Publication;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One node's connection to an {@link InMemoryBus}. Nothing leaves the process. */
public final class InMemoryBroker implements Broker {

  private static final Capabilities CAPABILITIES = new Capabilities(false, true);

  private final InMemoryBus bus;
  private volatile @Nullable BrokerListener listener;

  InMemoryBroker(InMemoryBus bus) {
    this.bus = bus;
  }

  @Override
  public CompletionStage<Void> start(BrokerListener listener) {
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
      callback.onOutcome(new PublishOutcome.Refused("not connected"));
      return;
    }
    bus.publish(List.of(new Publish(publication, callback)));
  }

  @Override
  public void publishAll(List<Publish> batch) {
    if (listener == null) {
      batch.forEach(one -> one.callback().onOutcome(new PublishOutcome.Refused("not connected")));
      return;
    }
    bus.publish(batch);
  }

  @Override
  public CompletionStage<Void> control(ControlMessage message) {
    return listener == null ? CompletableFuture.failedStage(closed()) : bus.control(message);
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

  private static BrokerUnavailableException closed() {
    return new BrokerUnavailableException("not connected");
  }
}
