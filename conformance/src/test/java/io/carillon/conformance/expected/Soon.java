package io.carillon.conformance.expected;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;

/**
 * A condition that does not hold yet but will one day: the only kind of failure that {@link
 * ExpectedFailures} expects, so that another fault isn't taken for it. The condition is waited for
 * only shortly, because until then each test waits that long.
 */
public final class Soon {

  /** Messages between nodes take milliseconds. */
  public static final Duration PATIENCE = Duration.ofSeconds(2);

  /** It was not so. */
  static final class NotSoon extends AssertionError {
    private static final long serialVersionUID = 1;

    NotSoon(Throwable cause) {
      super("not so within " + PATIENCE + ": " + cause.getMessage(), cause);
    }
  }

  private Soon() {}

  /** Holds before long. */
  public static void becomesTrue(ThrowingRunnable assertion) {
    try {
      Awaitility.await().pollInSameThread().atMost(PATIENCE).untilAsserted(assertion);
    } catch (ConditionTimeoutException e) {
      throw new NotSoon(e.getCause() == null ? e : e.getCause());
    }
  }

  /** Holds, where the assertion itself waits no longer than that. */
  public static void isTrue(Runnable assertion) {
    try {
      assertion.run();
    } catch (AssertionError e) {
      throw new NotSoon(e);
    }
  }
}
