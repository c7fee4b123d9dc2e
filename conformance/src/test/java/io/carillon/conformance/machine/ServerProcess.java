package io.carillon.conformance.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A server of a test's own that says in its log when it is ready. It may be started again after its
 * end, and ends with the tests' JVM at the latest.
 */
public final class ServerProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  private final String title;
  private final ProcessBuilder command;
  private final String ready;
  private final Thread killer;
  private Process process;

  /**
   * Starts it, and waits until it is ready.
   *
   * @param title its name in messages
   * @param ready a part of the line of its log that says that it takes connections
   * @param command the program and its options
   */
  public ServerProcess(String title, String ready, String... command) {
    this.title = title;
    this.command = new ProcessBuilder(command).redirectErrorStream(true);
    this.ready = ready;
    this.killer = new Thread(this::destroy, "kill " + title);
    process = launch();
    Runtime.getRuntime().addShutdownHook(killer);
  }

  private Process launch() {
    try {
      Process launched = command.start();
      BufferedReader log = launched.inputReader(StandardCharsets.UTF_8);
      StringBuilder said = new StringBuilder();
      for (String line = log.readLine(); ; line = log.readLine()) {
        if (line == null) {
          throw new AssertionError(title + " did not start:\n" + said);
        }
        said.append(line).append('\n');
        if (line.contains(ready)) {
          Thread.startVirtualThread(() -> drain(log));
          return launched;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void drain(BufferedReader log) {
    try (log) {
      log.lines().forEach(line -> {});
    } catch (IOException | UncheckedIOException processIsGone) {
      // The end of the log.
    }
  }

  /** Starts it again after its end. */
  public void start() {
    process = launch();
  }

  /** SIGTERM, and waits for the end of the process. */
  public void stop() throws InterruptedException {
    process.toHandle().destroy();
    awaitEnd();
  }

  /** SIGKILL, and waits for the end of the process. */
  public void kill() throws InterruptedException {
    destroy();
    awaitEnd();
  }

  private void awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(title + " goes on running");
    }
  }

  private void destroy() {
    process.destroyForcibly();
  }

  /** Kills it for good. */
  @Override
  public void close() {
    try {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    Runtime.getRuntime().removeShutdownHook(killer);
  }
}
