package io.carillon.adapter.rabbitmq;

import io.carillon.testkit.RecordedBinds;
import java.io.IOException;

/** Records commands. */
final class FakeWideTarget extends RecordedBinds implements WideTarget {

  @Override
  public String queue() {
    return "fake";
  }

  @Override
  public String name() {
    return "queue fake";
  }

  @Override
  public void bindAll() throws IOException {
    answer("bind #");
  }

  @Override
  public void unbindAll() throws IOException {
    answer("unbind #");
  }
}
