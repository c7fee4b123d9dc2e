package io.carillon.adapter.rabbitmq;

import io.carillon.adapter.kit.BindPolicy;
import io.carillon.adapter.kit.ExactBindings;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds each channel by itself, or all of them with {@code #}.
 *
 * <p>Above some number of channels, while many are pending, and when a connection is new, it binds
 * {@code #} ({@link Width} decides): every channel is then routed here, and subscribes are answered
 * at once. RabbitMQ delivers once however many bindings match, so the way back is safe step by
 * step: exact keys are bound beside the wide binding, and the wide binding is removed in a turn in
 * which every desired channel is confirmed. Servers carry out binds and unbinds in one order, so
 * the exact keys are routed wherever the wide binding is gone. A channel that is added while the
 * wide binding's unbind is under way waits for a bind of its own.
 *
 * <p>On the binder's thread, except for the figures, which any thread reads.
 */
final class WidePolicy implements BindPolicy<WideTarget> {

  private static final Logger log = LoggerFactory.getLogger(WidePolicy.class);

  private final Width width;
  private final LongAdder switches = new LongAdder();

  /** For other threads: the state of {@link Width} since the last turn. */
  private volatile boolean wide;

  /**
   * @param nanoClock monotonic, in nanoseconds
   */
  WidePolicy(WideLimits limits, LongSupplier nanoClock) {
    this.width = new Width(limits, nanoClock);
  }

  @Override
  public void restore(WideTarget target, ExactBindings bindings) throws IOException {
    if (bindings.desired() > 0) {
      widen(target, bindings);
      width.restored(bindings.desired());
      wide = width.isWide();
    }
    bindings.settle(target);
  }

  @Override
  public void turn(WideTarget target, ExactBindings bindings, Turns turns) throws IOException {
    if (width.shouldWiden(bindings.desired(), bindings.pending())) {
      widen(target, bindings);
      width.widened();
      switches.increment();
    }
    if (width.isWide()) {
      bindings.answerAll(target);
      narrow(target, bindings, turns);
    } else {
      bindings.bindSlice(target);
    }
    wide = width.isWide();
  }

  @Override
  public void lost() {
    width.lost();
    wide = false;
  }

  /** Whether one binding stands for all channels now. Any thread. */
  boolean isWide() {
    return wide;
  }

  /** How often one binding replaced single ones or the other way round. Any thread. */
  long switches() {
    return switches.sum();
  }

  private static void widen(WideTarget to, ExactBindings bindings) throws IOException {
    log.info("Binding all topics to queue {}: {} are wanted", to.queue(), bindings.desired());
    to.bindAll();
    bindings.countOne();
  }

  /** Takes a step from the wide binding to exact ones, if it is time for one. */
  private void narrow(WideTarget to, ExactBindings bindings, Turns turns) throws IOException {
    if (!width.isTemporary(bindings.desired())) {
      return;
    }
    long wait = width.nanosToNarrow();
    if (wait > 0) {
      turns.later(wait);
      return;
    }
    if (bindings.bindMissing(to)) {
      turns.again();
      return;
    }
    to.unbindAll();
    width.narrowed();
    switches.increment();
    log.info("Queue {} is bound to {} topics alone again", to.queue(), bindings.confirmed());
  }
}
