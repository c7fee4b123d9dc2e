package io.carillon.adapter.kit;

import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices exceptions of this project's own code when a driver calls it. A driver would go on as if
 * nothing had happened, although a message was not handled and state may be half changed. So the
 * first exception is logged and costs the {@link Link}: a new link begins with clean state, and the
 * missed publications are reported as a gap. One for each link; called by the driver's threads.
 */
public final class CallbackFailures {

  private static final Logger log = LoggerFactory.getLogger(CallbackFailures.class);

  private final String driver;
  private final CompletableFuture<String> first = new CompletableFuture<>();

  /**
   * @param driver the name of the caller, for logs: {@code the AMQP client}
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
   * @param what the name of the callback, for logs
   */
  public void failed(String what, Throwable bug) {
    if (first.complete(Vendor.unexpected(bug))) {
      log.error("A callback of {} failed, so the connection is made anew", driver, bug);
    } else {
      log.debug("{} failed as well", what, bug);
    }
  }
}
