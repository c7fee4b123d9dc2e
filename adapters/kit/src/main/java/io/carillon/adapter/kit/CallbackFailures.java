package io.carillon.adapter.kit;

import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what our own code throws when a driver calls it. A driver would go on as if nothing had
 * happened, with a message that nobody has seen and state that is half changed. So the first
 * failure is logged and costs the {@link Link}: a new one begins clean, and what was missed is
 * reported. One for each link; called by the driver's threads.
 */
public final class CallbackFailures {

  private static final Logger log = LoggerFactory.getLogger(CallbackFailures.class);

  private final String driver;
  private final CompletableFuture<String> first = new CompletableFuture<>();

  /**
   * @param driver what calls, for people: {@code the AMQP client}
   */
  public CallbackFailures(String driver) {
    this.driver = driver;
  }

  /** Completes with the reason for which the link is lost. */
  public CompletableFuture<String> first() {
    return first;
  }

  /**
   * A callback has thrown.
   *
   * @param what the callback, for people
   */
  public void failed(String what, Throwable bug) {
    if (first.complete(Vendor.unexpected(bug))) {
      log.error("A callback of {} failed, so the connection is made anew", driver, bug);
    } else {
      log.debug("{} failed as well", what, bug);
    }
  }
}
