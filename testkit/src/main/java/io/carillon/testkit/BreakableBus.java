package io.carillon.testkit;

import io.carillon.broker.InMemoryBus;
import io.carillon.message.Incarnation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * An in-memory bus that goes away: the way to its nodes can be cut and stalled, and it forgets
 * everything when it is restarted. A stall that nothing ends is noticed after a second. Controlled
 * by one thread; its nodes are safe for use by many.
 */
public final class BreakableBus implements OutageFixture {

  private final List<BreakableBroker> disturbed = new CopyOnWriteArrayList<>();
  private final List<BreakableBroker> aside = new CopyOnWriteArrayList<>();

  /** Replaced by a restart. */
  private volatile InMemoryBus bus = open();

  private boolean isCut;

  /**
   * A bus that doesn't end when the last node is cut off: it has one more, which nobody disturbs.
   */
  private static InMemoryBus open() {
    InMemoryBus made = new InMemoryBus();
    var _ = made.connect().start(new Incarnation(0, 1), new RecordingListener());
    return made;
  }

  InMemoryBus bus() {
    return bus;
  }

  @Override
  public BreakableBroker connect(Incarnation node) {
    BreakableBroker broker = new BreakableBroker(this);
    disturbed.add(broker);
    if (isCut) {
      broker.cut();
    }
    return broker;
  }

  @Override
  public BreakableBroker connectAside(Incarnation node) {
    BreakableBroker broker = new BreakableBroker(this);
    aside.add(broker);
    return broker;
  }

  @Override
  public void cut() {
    isCut = true;
    disturbed.forEach(BreakableBroker::cut);
  }

  @Override
  public void stall() {
    disturbed.forEach(BreakableBroker::stall);
  }

  @Override
  public void heal() {
    isCut = false;
    disturbed.forEach(BreakableBroker::heal);
  }

  @Override
  public void restart() {
    List<BreakableBroker> all = Stream.concat(disturbed.stream(), aside.stream()).toList();
    all.forEach(BreakableBroker::cut);
    bus.close();
    bus = open();
    all.forEach(BreakableBroker::heal);
  }

  @Override
  public void close() {
    bus.close();
  }
}
