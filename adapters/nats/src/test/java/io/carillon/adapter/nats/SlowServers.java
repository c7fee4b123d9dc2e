package io.carillon.adapter.nats;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Two servers of one cluster of NATS that are apart from each other, for the tests of one class.
 */
final class SlowServers implements BeforeAllCallback, AfterAllCallback {

  private final Duration delay;
  private @Nullable NatsServers servers;

  /**
   * @param delay how long a message takes from one server to the other
   */
  SlowServers(Duration delay) {
    this.delay = delay;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    servers = NatsServers.apart(delay);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    get().close();
  }

  NatsServers get() {
    NatsServers started = servers;
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }
}
