package io.carillon.conformance.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A command of {@code bin/carillon} that comes to an end, run as a person runs it. */
public final class Command implements AutoCloseable {

  private final Process process;
  private final Queue<String> out = new ConcurrentLinkedQueue<>();
  private final Queue<String> err = new ConcurrentLinkedQueue<>();
  private final List<Thread> readers;

  private Command(Process process) {
    this.process = process;
    this.readers =
        List.of(
            Thread.startVirtualThread(() -> process.inputReader(UTF_8).lines().forEach(out::add)),
            Thread.startVirtualThread(() -> process.errorReader(UTF_8).lines().forEach(err::add)));
  }

  /** Starts it and doesn't wait for it. */
  public static Command start(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Project.root().resolve("bin/carillon") + ""));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("CARILLON_") && !name.startsWith("CARILLON_JAVA"));
    builder.environment().put(Node.JAVA_OPTIONS_VARIABLE, "-Xmx64m");
    builder.environment().putAll(environment);
    try {
      return new Command(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its end. */
  public int exitCode() {
    try {
      if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("it goes on running:\n" + out() + "\n" + err());
      }
      for (Thread reader : readers) {
        reader.join();
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * SIGTERM, and waits for the end: how it ended. Sent by the process handle, because {@link
   * Process#destroy} would stop reading the output.
   */
  public int stop() {
    process.toHandle().destroy();
    return exitCode();
  }

  /** The output so far. */
  public String out() {
    return String.join("\n", out);
  }

  /** The error output so far. */
  public String err() {
    return String.join("\n", err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
