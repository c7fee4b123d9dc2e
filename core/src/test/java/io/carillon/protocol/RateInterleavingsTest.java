package io.carillon.protocol;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Runs {@link Rate#take} through random programs for two threads, and each program through its
 * interleavings. What the threads are answered must also be the answers of some order of their
 * calls without concurrency: together they never get more than there is, and never less.
 *
 * <p>In production all loops take from an app's rate at once. A client's rate is its loop's alone.
 */
@Timeout(120)
class RateInterleavingsTest {

  private static final int PER_SECOND = 2;
  private static final long HALF_SECOND = TimeUnit.MILLISECONDS.toNanos(500);

  private static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .iterations(8)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(1)
        .minimizeFailedScenario(false);
  }

  /** The calls of the threads while the clock stands still. */
  public static class Calls {

    private final Rate rate = new Rate(() -> 5);

    @Operation
    public boolean takeOne() {
      return rate.take(1, PER_SECOND);
    }

    @Operation
    public boolean takeTwo() {
      return rate.take(2, PER_SECOND);
    }
  }

  @Test
  void loopsThatTakeAtOnceGetWhatThereIs() {
    options().check(Calls.class);
  }

  /**
   * The calls of the threads while time passes between a thread's reading of the clock and its
   * take.
   */
  public static class CallsWithTime {

    private final AtomicLong clock = new AtomicLong();
    private final Rate rate = new Rate(clock::get);

    @Operation(nonParallelGroup = "time")
    public void pass() {
      clock.addAndGet(HALF_SECOND);
    }

    @Operation
    public boolean takeTwo() {
      return rate.take(2, PER_SECOND);
    }
  }

  @Test
  void whatTimeFillsInIsGrantedOnce() {
    options().check(CallsWithTime.class);
  }

  /** Calls of a rate that reads and then takes, in two steps. */
  public static class CallsInTwoSteps {

    private final AtomicInteger left = new AtomicInteger(PER_SECOND);

    @Operation
    public boolean takeOne() {
      int before = left.get();
      if (before == 0) {
        return false;
      }
      left.set(before - 1);
      return true;
    }
  }

  @Test
  void aRateThatLooksBeforeItTakesIsFound() {
    assertThatThrownBy(() -> options().check(CallsInTwoSteps.class))
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageContaining("Invalid execution results");
  }
}
