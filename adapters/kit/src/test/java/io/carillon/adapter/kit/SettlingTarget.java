package io.carillon.adapter.kit;

import io.carillon.testkit.RecordedBinds;
import java.io.IOException;

/** Records commands, and settles when the test permits it. */
final class SettlingTarget extends RecordedBinds implements BindTarget {

  private volatile boolean confirmed = true;

  /** No node confirms anything from now on. */
  void refuse() {
    confirmed = false;
  }

  /** All nodes confirm again. */
  void confirm() {
    confirmed = true;
  }

  @Override
  public String name() {
    return "the fake";
  }

  @Override
  public void settle() throws IOException, UnconfirmedException {
    answer("settle");
    if (!confirmed) {
      throw new UnconfirmedException("carol has not confirmed");
    }
  }
}
