package io.carillon.adapter.kafka;

import io.carillon.testkit.Relay;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Kafka broker of a test's own, in a process of its own, to be killed and started again on the
 * same ports. It ends with the tests' JVM at the latest.
 */
final class KafkaServer implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  private final Path folder;
  private final int controller = Relay.unusedPort();
  private final List<Integer> ports = new ArrayList<>();
  private final List<String> pairs = new ArrayList<>();
  private final Thread killer = new Thread(this::destroy, "kill Kafka");
  private Process process;

  /**
   * Starts it, and waits until it takes connections.
   *
   * @param advertised for each listener the port that clients are told, which may be a relay's; 0
   *     for the listener's own
   */
  KafkaServer(int... advertised) {
    for (int port : advertised) {
      int own = unusedPort();
      ports.add(own);
      pairs.add(own + ":" + (port == 0 ? own : port));
    }
    try {
      folder = Files.createTempDirectory("carillon-kafka");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process = launch();
    Runtime.getRuntime().addShutdownHook(killer);
  }

  private int unusedPort() {
    int port = Relay.unusedPort();
    while (port == controller || ports.contains(port)) {
      port = Relay.unusedPort();
    }
    return port;
  }

  private Process launch() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("carillon.root"), "tools/kafka/broker").toString());
    command.add(folder.toString());
    command.add(Integer.toString(controller));
    command.addAll(pairs);
    try {
      Process launched = new ProcessBuilder(command).redirectErrorStream(true).start();
      StringBuilder said = new StringBuilder();
      BufferedReader log = launched.inputReader(StandardCharsets.UTF_8);
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

  /** The port of a listener, from 0. */
  int port(int listener) {
    return ports.get(listener);
  }

  /** SIGKILL, and waits for the end of the process. */
  void kill() {
    destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("Kafka goes on running");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Starts it again, with all that it had. */
  void start() {
    process = launch();
  }

  /** Forgets everything that it had; only while it does not run. */
  void wipe() {
    delete(folder.resolve("data"));
  }

  private void destroy() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
    Runtime.getRuntime().removeShutdownHook(killer);
    delete(folder);
  }

  private static void delete(Path tree) {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
