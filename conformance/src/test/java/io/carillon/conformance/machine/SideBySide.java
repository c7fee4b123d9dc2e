package io.carillon.conformance.machine;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.Extension;

/**
 * Lets test classes run side by side. Awaitility fails a wait when any thread of the JVM ends with
 * an exception, which may be a thread of another class: a library's, for one, whose test expects
 * that.
 *
 * <p>JUnit finds this extension by its file in META-INF/services.
 */
public final class SideBySide implements Extension {
  /** For JUnit: from now on waits look at their own condition alone. */
  public SideBySide() {
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }
}
