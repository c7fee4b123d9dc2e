package io.carillon.conformance.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs and ends.
 *
 * @param exitCode how it ended
 * @param output all that it printed, errors included
 */
public record CommandResult(int exitCode, String output) {

  /** Runs it to its end, with nothing on its standard input. */
  public static CommandResult run(ProcessBuilder builder) {
    try {
      Process process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(builder.command() + " goes on running");
      }
      return new CommandResult(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Runs a program to its end. */
  public static CommandResult run(String... words) {
    return run(new ProcessBuilder(words));
  }

  /** Runs a program that has to succeed. */
  public static CommandResult succeed(String... words) {
    CommandResult ended = run(words);
    if (ended.exitCode != 0) {
      throw new AssertionError(List.of(words) + " ended with " + ended);
    }
    return ended;
  }

  /** What it printed, line by line. */
  public List<String> lines() {
    return Arrays.asList(output.split("\n"));
  }
}
