package io.carillon.conformance.kafka;

import io.carillon.conformance.broker.PrivateBroker;
import io.carillon.conformance.machine.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Kafka broker of a test's own, to be killed and started again on the same port with all that it
 * had. It ends with the tests' JVM at the latest.
 */
public final class PrivateKafka implements PrivateBroker {

  private static final long PATIENCE_SECONDS = 10;

  private final int port = Ports.free();
  private final int controller = Ports.free();
  private final Thread killer = new Thread(this::destroy, "kill Kafka on " + port);
  private final Path folder;
  private Process process;

  /** Starts it, and waits until it takes connections. */
  public PrivateKafka() {
    try {
      folder = Files.createTempDirectory("carillon-kafka");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process = launch();
    Runtime.getRuntime().addShutdownHook(killer);
  }

  private Process launch() {
    Path broker = Path.of(System.getProperty("carillon.root"), "tools/kafka/broker");
    try {
      Process launched =
          new ProcessBuilder(
                  broker.toString(),
                  folder.toString(),
                  Integer.toString(controller),
                  Integer.toString(port))
              .redirectErrorStream(true)
              .start();
      BufferedReader log = launched.inputReader(StandardCharsets.UTF_8);
      StringBuilder said = new StringBuilder();
      for (String line = log.readLine(); ; line = log.readLine()) {
        if (line == null) {
          throw new AssertionError("Kafka did not start:\n" + said);
        }
        said.append(line).append('\n');
        if (line.contains("Kafka Server started")) {
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

  /** The address that a node uses. */
  @Override
  public String uri() {
    return "kafka://127.0.0.1:" + port;
  }

  /** SIGTERM, and waits for the end of the process. */
  @Override
  public void stop() throws InterruptedException {
    process.destroy();
    awaitEnd();
  }

  /** SIGKILL, and waits for the end of the process. */
  @Override
  public void kill() throws InterruptedException {
    destroy();
    awaitEnd();
  }

  private void awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("Kafka goes on running");
    }
  }

  /** Starts it again, with all that it had. */
  @Override
  public void start() {
    process = launch();
  }

  private void destroy() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    try {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    Runtime.getRuntime().removeShutdownHook(killer);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
