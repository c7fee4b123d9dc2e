package io.carillon.testkit;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Runs random tests whose failures name their seed; {@code -Dseed=N} repeats the run of a seed. */
public final class Seeded {

  private Seeded() {}

  /**
   * Says how many scenes a simulation plays: all of them with {@code -Dcarillon.seeds=all}, as in
   * {@code make test-all}, and otherwise a tenth.
   */
  public static int scenes(int all) {
    return System.getProperty("carillon.seeds", "").equals("all") ? all : (all + 9) / 10;
  }

  public static void run(Consumer<SplittableRandom> test) {
    run(new SplittableRandom().nextLong(), test);
  }

  /** Runs a test with this seed, unless another one is given by {@code -Dseed}. */
  public static void run(long usual, Consumer<SplittableRandom> test) {
    String given = System.getProperty("seed", "");
    long seed = given.isEmpty() ? usual : Long.parseLong(given);
    try {
      test.accept(new SplittableRandom(seed));
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed + " (run again with -Dseed=" + seed + ")", e);
    }
  }
}
