package io.carillon.benchmark.micro;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks of this module and writes the results as a table. {@code make bench-micro}
 * runs it.
 *
 * <p>Arguments: the file to write; optionally a regular expression: then only benchmarks that match
 * are run, and the table goes to standard output.
 */
public final class Micro {

  private static final String ALL = "^io\\.carillon\\.";
  private static final TimeValue ITERATION = TimeValue.milliseconds(700);

  private Micro() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 1) {
      System.out.println(MicroTable.of(run(args[1])));
    } else {
      Files.writeString(Path.of(args[0]), MicroPage.of(run(ALL)));
    }
  }

  /** A fork of its own for each benchmark, so that the JIT compiler's profile is not shared. */
  private static Collection<RunResult> run(String which) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(which)
            .mode(Mode.AverageTime)
            .timeUnit(NANOSECONDS)
            .forks(1)
            .warmupIterations(3)
            .warmupTime(ITERATION)
            .measurementIterations(5)
            .measurementTime(ITERATION)
            .addProfiler(GCProfiler.class)
            .jvmArgs(
                "-XX:+UseCompactObjectHeaders",
                "-XX:+UseG1GC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=micro-logback.xml",
                "-Xms512m",
                "-Xmx512m")
            .shouldFailOnError(true)
            .build();
    return new Runner(options).run();
  }
}
