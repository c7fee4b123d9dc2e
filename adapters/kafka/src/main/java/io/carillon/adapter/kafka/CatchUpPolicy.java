package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.BindPolicy;
import io.carillon.adapter.kit.ExactBindings;
import java.io.IOException;

/**
 * Binds each channel by itself. A new link begins to read when the wanted channels are known, and
 * has caught up with what was published meanwhile before the node is up: a channel that is
 * subscribed to later hears nothing that is older.
 */
final class CatchUpPolicy implements BindPolicy<KafkaLink> {

  @Override
  public void restore(KafkaLink target, ExactBindings bindings) throws IOException {
    while (bindings.bindMissing(target)) {
      // One slice after the other, until none is missing.
    }
    target.catchUp();
  }

  @Override
  public void turn(KafkaLink target, ExactBindings bindings, Turns turns) throws IOException {
    bindings.bindSlice(target);
  }

  @Override
  public void lost() {}
}
