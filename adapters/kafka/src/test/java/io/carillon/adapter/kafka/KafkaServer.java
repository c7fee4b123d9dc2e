package io.carillon.adapter.kafka;

import io.carillon.testkit.Ports;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Kafka broker of a test's own, in a process of its own, to be killed and started again on the
 * same ports. It ends with the tests' JVM at the latest.
 */
final class KafkaServer implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Path folder;
  private final int controller;
  private final List<Integer> ports = new ArrayList<>();
  private final List<String> pairs = new ArrayList<>();
  private final Thread killer = new Thread(this::destroy, "kill Kafka");
  private Process process;

  /**
   * Starts it alone, and waits until it takes connections.
   *
   * @param advertised for each listener the port that clients are told, which may be a relay's; 0
   *     for the listener's own
   */
  KafkaServer(int... advertised) {
    this("", unusedPorts(1 + advertised.length), advertised);
  }

  /**
   * Starts it, and waits until it takes connections.
   *
   * @param properties lines of its configuration beyond those that every broker has
   * @param own the port of its controller, and one for each listener
   */
  KafkaServer(String properties, List<Integer> own, int... advertised) {
    controller = own.getFirst();
    for (int i = 0; i < advertised.length; i++) {
      int port = own.get(i + 1);
      ports.add(port);
      pairs.add(port + ":" + (advertised[i] == 0 ? port : advertised[i]));
    }
    try {
      folder = Files.createTempDirectory("carillon-kafka");
      Files.writeString(folder.resolve("extra.properties"), properties);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process = launch();
    Runtime.getRuntime().addShutdownHook(killer);
  }

  /** So many ports that nothing uses now, each of them once. */
  static List<Integer> unusedPorts(int count) {
    return IntStream.generate(Ports::unused).distinct().limit(count).boxed().toList();
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
    awaitEnd(process);
  }

  /** SIGTERM, at which Kafka hands its partitions over, and waits for the end of the process. */
  void stopInOrder() {
    process.destroy();
    awaitEnd(process);
  }

  /** SIGSTOP: its connections stay, and it says nothing. */
  void freeze() {
    signal("-STOP");
  }

  /** Goes on after {@link #freeze}. */
  void thaw() {
    signal("-CONT");
  }

  private void signal(String name) {
    try {
      awaitEnd(new ProcessBuilder("kill", name, Long.toString(process.pid())).inheritIO().start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitEnd(Process process) {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(process + " goes on running");
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
