package io.carillon.adapter.kit;

import io.carillon.testkit.RecordedBinds;

/** Records commands. */
final class FakeBindTarget extends RecordedBinds implements BindTarget {

  @Override
  public String name() {
    return "the fake";
  }
}
