package io.carillon.testkit;

import io.carillon.broker.Broker;
import io.carillon.broker.BrokerListener;
import io.carillon.broker.BrokerRefusedException;
import io.carillon.broker.BrokerState;
import io.carillon.broker.Capabilities;
import io.carillon.broker.PublishCallback;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.Publication;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A broker whose every answer the test gives, for tests in which the moment of an answer matters.
 * An operation takes effect when it is answered. For one thread.
 */
public final class ManualBroker implements Broker {

  private final Queue<Operation> operations = new ArrayDeque<>();
  private final Queue<Publish> publishes = new ArrayDeque<>();
  private final Set<Channel> routed = new HashSet<>();
  private final Set<Channel> uncarried = new HashSet<>();
  private @Nullable BrokerListener listener;

  /** The operations on channels that a broker can be asked for. */
  public enum Kind {
    SUBSCRIBE,
    UNSUBSCRIBE
  }

  /** A subscribe or an unsubscribe that waits for its answer. */
  public final class Operation {
    private final Kind kind;
    private final List<Channel> channels;
    private final CompletableFuture<Void> answer = new CompletableFuture<>();

    private Operation(Kind kind, Collection<Channel> channels) {
      this.kind = kind;
      this.channels = List.copyOf(channels);
    }

    public Kind kind() {
      return kind;
    }

    public List<Channel> channels() {
      return channels;
    }

    /** Carries out the operation and reports success. */
    public void succeed() {
      switch (kind) {
        case SUBSCRIBE -> routed.addAll(channels);
        case UNSUBSCRIBE -> channels.forEach(routed::remove);
      }
      answer.complete(null);
    }

    /** Reports failure without carrying out the operation. */
    public void fail() {
      answer.completeExceptionally(
          new BrokerRefusedException(Refusal.UNAVAILABLE, "the test says no"));
    }
  }

  private record Publish(Publication publication, PublishCallback callback) {}

  /** The oldest subscribe or unsubscribe that the test has not taken yet. */
  public Operation nextOperation() {
    return operations.remove();
  }

  /** Makes the broker refuse to carry a channel from now on. */
  public void refuseToCarry(Channel channel) {
    uncarried.add(channel);
  }

  /** How many subscribes and unsubscribes the test has not taken yet. */
  public int waitingOperations() {
    return operations.size();
  }

  /** How many publishes are not answered. */
  public int waitingPublishes() {
    return publishes.size();
  }

  /** Answers the oldest publish; carries its publication first if it is accepted. */
  public void answerPublish(PublishOutcome outcome) {
    Publish next = publishes.remove();
    if (outcome instanceof PublishOutcome.Accepted) {
      deliver(next.publication);
    }
    next.callback.onOutcome(outcome);
  }

  /** Accepts the oldest publish; the result delivers it, if its channel is routed here now. */
  public Runnable confirmAndDeliverLater() {
    Publish next = publishes.remove();
    boolean isRouted = routed.contains(next.publication.channel());
    next.callback.onOutcome(PublishOutcome.ACCEPTED);
    return isRouted ? () -> started().onPublication(next.publication) : () -> {};
  }

  /** Answers every operation with success; false if there was none to answer. */
  public boolean answerAll() {
    boolean any = !operations.isEmpty() || !publishes.isEmpty();
    while (!operations.isEmpty()) {
      operations.remove().succeed();
    }
    while (!publishes.isEmpty()) {
      answerPublish(PublishOutcome.ACCEPTED);
    }
    return any;
  }

  /** Delivers a publication of any node, if its channel is routed here. */
  public void deliver(Publication publication) {
    if (routed.contains(publication.channel())) {
      started().onPublication(publication);
    }
  }

  /** Changes the state of the bus. */
  public void become(BrokerState state) {
    started().onState(state);
  }

  /** Channels are no longer routed here, unasked. */
  public void lose(Channel... channels) {
    List<Channel> lost = List.of(channels);
    lost.forEach(routed::remove);
    started().onLost(lost);
  }

  /** The channels whose publications are routed here. */
  public Set<Channel> routed() {
    return Set.copyOf(routed);
  }

  private BrokerListener started() {
    if (listener == null) {
      throw new IllegalStateException("the broker is not started");
    }
    return listener;
  }

  @Override
  public CompletionStage<Void> start(Incarnation node, BrokerListener started) {
    listener = started;
    started.onState(BrokerState.UP);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public boolean carries(Channel channel) {
    return !uncarried.contains(channel);
  }

  @Override
  public CompletionStage<Void> subscribe(Collection<Channel> channels) {
    return ask(new Operation(Kind.SUBSCRIBE, channels));
  }

  @Override
  public CompletionStage<Void> unsubscribe(Collection<Channel> channels) {
    return ask(new Operation(Kind.UNSUBSCRIBE, channels));
  }

  private CompletionStage<Void> ask(Operation operation) {
    operations.add(operation);
    return operation.answer;
  }

  @Override
  public void publish(Publication publication, PublishCallback callback) {
    publishes.add(new Publish(publication, callback));
  }

  @Override
  public CompletionStage<Void> control(ControlMessage message) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> control(ControlMessage message, Incarnation to) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> bulk(ControlMessage message, Incarnation to) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(false, true, Integer.MAX_VALUE);
  }

  @Override
  public void close() {
    listener = null;
  }
}
