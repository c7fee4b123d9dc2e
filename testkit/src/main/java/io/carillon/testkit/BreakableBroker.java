package io.carillon.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.carillon.broker.Broker;
import io.carillon.broker.BrokerListener;
import io.carillon.broker.BrokerRefusedException;
import io.carillon.broker.BrokerState;
import io.carillon.broker.Capabilities;
import io.carillon.broker.Gap;
import io.carillon.broker.InMemoryBroker;
import io.carillon.broker.PublishCallback;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node's connection to a {@link BreakableBus}. It does what the contract asks of a broker whose
 * bus goes away, and no more. Safe for use by many threads.
 */
public final class BreakableBroker implements Broker {

  /** What is delivered late was published a little earlier. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(1);

  private final BreakableBus bus;
  private final ReentrantLock lock = new ReentrantLock();
  private final UnderWay underWay = new UnderWay();
  private final Set<Channel> desired = new HashSet<>();
  private final CompletableFuture<Void> started = new CompletableFuture<>();

  /** Written with the lock held, read by the bus's threads, too. */
  private volatile Way way = Way.OPEN;

  private Incarnation node = new Incarnation(0, 0);
  private @Nullable BrokerListener listener;
  private @Nullable Instant lostAt;

  /** Null while this is not connected. */
  private @Nullable InMemoryBroker connection;

  private enum Way {
    OPEN,
    STALLED,
    CUT
  }

  BreakableBroker(BreakableBus bus) {
    this.bus = bus;
  }

  @Override
  public CompletionStage<Void> start(Incarnation node, BrokerListener listener) {
    return locked(
        () -> {
          this.node = node;
          this.listener = listener;
          if (way == Way.OPEN) {
            connect(listener);
          }
          return started;
        });
  }

  /** Restores every channel, reports the gap, and only then is up. */
  private void connect(BrokerListener told) {
    InMemoryBroker made = bus.bus().connect();
    connection = made;
    var _ = made.start(node, new Inbound(told));
    var _ = made.subscribe(desired);
    if (lostAt != null) {
      told.onGap(new Gap("the bus was away", Set.of(), lostAt.minus(UNDER_WAY), Instant.now()));
      lostAt = null;
    }
    told.onState(BrokerState.UP);
    started.complete(null);
  }

  /** The connection is lost. */
  private void lose() {
    InMemoryBroker lost = connection;
    if (lost != null) {
      connection = null;
      lostAt = lostAt == null ? Instant.now() : lostAt;
      lost.close();
      underWay.lose();
      if (listener != null) {
        listener.onState(BrokerState.DOWN);
      }
    }
  }

  void cut() {
    locked(
        () -> {
          way = Way.CUT;
          lose();
          return way;
        });
  }

  void stall() {
    locked(
        () -> {
          way = Way.STALLED;
          lostAt = Instant.now();
          return way;
        });
    CompletableFuture.delayedExecutor(1, SECONDS).execute(this::noticeStall);
  }

  private void noticeStall() {
    locked(
        () -> {
          if (way == Way.STALLED) {
            lose();
          }
          return way;
        });
  }

  /** What a stall has kept back is lost. */
  void heal() {
    locked(
        () -> {
          if (way != Way.OPEN) {
            lose();
            way = Way.OPEN;
            if (listener != null) {
              connect(listener);
            }
          }
          return way;
        });
  }

  @Override
  public CompletionStage<Void> subscribe(Collection<Channel> channels) {
    return ask(
        underWay::subscribe,
        open -> {
          desired.addAll(channels);
          return open.subscribe(channels);
        });
  }

  @Override
  public CompletionStage<Void> unsubscribe(Collection<Channel> channels) {
    return locked(
        () -> {
          desired.removeAll(channels);
          return connection == null
              ? CompletableFuture.completedStage(null)
              : connection.unsubscribe(channels);
        });
  }

  @Override
  public void publish(Publication publication, PublishCallback callback) {
    boolean taken =
        locked(
            () -> {
              if (connection == null) {
                return false;
              }
              PublishCallback once = underWay.publish(callback);
              if (way == Way.OPEN) {
                connection.publish(publication, once);
              }
              return true;
            });
    if (!taken) {
      callback.onOutcome(new PublishOutcome.Refused(Refusal.UNAVAILABLE, "not connected"));
    }
  }

  @Override
  public CompletionStage<Void> control(ControlMessage message) {
    return ask(underWay::control, open -> open.control(message));
  }

  @Override
  public CompletionStage<Void> control(ControlMessage message, Incarnation to) {
    return ask(underWay::control, open -> open.control(message, to));
  }

  @Override
  public CompletionStage<Void> bulk(ControlMessage message, Incarnation to) {
    return ask(underWay::control, open -> open.bulk(message, to));
  }

  /** Fails at once without a connection, and keeps the asker waiting while the bus is stalled. */
  private CompletionStage<Void> ask(
      Supplier<CompletableFuture<Void>> stalled,
      Function<InMemoryBroker, CompletionStage<Void>> request) {
    return locked(
        () -> {
          if (connection == null) {
            return CompletableFuture.failedStage(
                new BrokerRefusedException(Refusal.UNAVAILABLE, "not connected"));
          }
          return way == Way.STALLED ? stalled.get() : request.apply(connection);
        });
  }

  @Override
  public Capabilities capabilities() {
    return bus.bus().connect().capabilities();
  }

  @Override
  public void close() {
    locked(
        () -> {
          lose();
          listener = null;
          return started.completeExceptionally(
              new BrokerRefusedException(Refusal.UNAVAILABLE, "it was closed"));
        });
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** Passes on what a connection brings, unless the bus is stalled. */
  private final class Inbound implements BrokerListener {
    private final BrokerListener told;

    Inbound(BrokerListener told) {
      this.told = told;
    }

    @Override
    public void onPublication(Publication publication) {
      if (way == Way.OPEN) {
        told.onPublication(publication);
      }
    }

    @Override
    public void onControl(ControlMessage message) {
      if (way == Way.OPEN) {
        told.onControl(message);
      }
    }

    @Override
    public void onBulk(ControlMessage message) {
      if (way == Way.OPEN) {
        told.onBulk(message);
      }
    }

    @Override
    public void onLost(Collection<Channel> channels) {
      told.onLost(channels);
    }

    @Override
    public void onGap(Gap gap) {
      told.onGap(gap);
    }

    /** The connection's own states are part of this broker's. */
    @Override
    public void onState(BrokerState state) {}
  }
}
