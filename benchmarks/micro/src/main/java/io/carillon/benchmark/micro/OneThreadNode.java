package io.carillon.benchmark.micro;

import io.carillon.broker.Broker;
import io.carillon.broker.BrokerListener;
import io.carillon.broker.BrokerState;
import io.carillon.broker.Capabilities;
import io.carillon.broker.PublishCallback;
import io.carillon.broker.PublishOutcome;
import io.carillon.hub.Connection;
import io.carillon.hub.Hub;
import io.carillon.hub.HubConfig;
import io.carillon.hub.HubShard;
import io.carillon.hub.LastPublications;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.Publication;
import io.carillon.presence.Presence;
import io.carillon.protocol.Answer;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Session;
import io.carillon.protocol.topics.TopicsConfig;
import io.carillon.protocol.topics.TopicsProtocol;
import io.carillon.view.SingleNode;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A hub with one loop and a bus that accepts everything at once. All of it runs on the caller's
 * thread, so that only the core's own work is measured.
 */
public final class OneThreadNode {

  private final TurnLoop loop = new TurnLoop();
  private final Bus bus = new Bus();
  private final TopicsProtocol topics = new TopicsProtocol(TopicsConfig.DEFAULTS);
  private final Hub hub =
      new Hub(
          new Incarnation(1, 2),
          bus,
          List.of(loop),
          HubConfig.DEFAULTS,
          LastPublications.NONE,
          System::nanoTime,
          InstantSource.system());

  public OneThreadNode() {
    var _ =
        new Presence(
            hub,
            new SingleNode(hub.incarnation(), "benchmark"),
            Presence.SETTLE,
            System::nanoTime); // It attaches itself to the shards.
    hub.start();
  }

  public Hub hub() {
    return hub;
  }

  public HubShard shard() {
    return hub.shards().getFirst();
  }

  public TurnLoop loop() {
    return loop;
  }

  /** A client of the topics protocol, greeted and in the lobby. */
  public Session client(Connection connection) {
    Answer.Welcome welcome = (Answer.Welcome) topics.answer(Handshake.of("/?name=Alice"));
    Session session = welcome.opening().open(connection, shard());
    loop.turn();
    return session;
  }

  /** The bus brings a publication; the loop's next turn delivers it. */
  public void receive(Publication publication) {
    bus.listener().onPublication(publication);
  }

  /** Accepts each publication and drops it. */
  private static final class Bus implements Broker {

    private @Nullable BrokerListener listener;

    BrokerListener listener() {
      if (listener == null) {
        throw new IllegalStateException("not started");
      }
      return listener;
    }

    @Override
    public CompletionStage<Void> start(Incarnation node, BrokerListener starting) {
      listener = starting;
      starting.onState(BrokerState.UP);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> subscribe(Collection<Channel> channels) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> unsubscribe(Collection<Channel> channels) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void publish(Publication publication, PublishCallback callback) {
      callback.onOutcome(PublishOutcome.ACCEPTED);
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
    public void close() {}
  }
}
