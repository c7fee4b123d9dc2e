package io.carillon.adapter.kit;

import java.io.IOException;

/** Binds each channel by itself, and nothing else. */
public final class ExactPolicy implements BindPolicy<BindTarget> {

  @Override
  public void restore(BindTarget target, ExactBindings bindings) throws IOException {
    while (bindings.bindMissing(target)) {
      // One slice after the other, until none is missing.
    }
    bindings.settle(target);
  }

  @Override
  public void turn(BindTarget target, ExactBindings bindings, Turns turns) throws IOException {
    bindings.bindSlice(target);
  }

  @Override
  public void lost() {}
}
