package io.carillon.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * One node: a process of its own, started through the launcher. It never outlives the tests' JVM.
 *
 * <p>The launcher becomes the node, so signals and the process id are the node's own.
 */
final class Node implements AutoCloseable {

  /** How long anything is waited for; only failures take that long. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String READY = "Ready: ";

  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<Thread> readers;
  private final Thread killer;

  private Node(Process process) {
    this.process = process;
    this.killer = new Thread(process::destroyForcibly, "kill node " + process.pid());
    Runtime.getRuntime().addShutdownHook(killer);
    this.readers =
        List.of(read(process.inputReader(UTF_8), out), read(process.errorReader(UTF_8), log));
  }

  private static Thread read(BufferedReader reader, List<String> lines) {
    return Thread.startVirtualThread(
        () -> {
          try (reader) {
            reader.lines().forEach(lines::add);
          } catch (IOException | UncheckedIOException processIsGone) {
            lines.add("(end of output: " + processIsGone.getMessage() + ")");
          }
        });
  }

  /**
   * Starts {@code carillon serve} and doesn't wait for it. Only the variables given here are set.
   */
  static Node launch(Map<String, String> environment, List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("carillon.root", "..")).resolve("bin/carillon") + "");
    command.add("serve");
    command.addAll(flags);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(Node::isConfiguration);
    builder.environment().put("CARILLON_JAVA_OPTS", "-Xmx256m");
    builder.environment().putAll(environment);
    try {
      return new Node(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isConfiguration(String name) {
    return name.startsWith("CARILLON_") && !name.startsWith("CARILLON_JAVA")
        || List.of("PORT", "HOST", "RABBITMQ_URL", "RABBITMQ_EXCHANGE", "DEFAULT_TOPIC", "NODE_ID")
            .contains(name);
  }

  static Node launch(Map<String, String> environment, String... flags) {
    return launch(environment, List.of(flags));
  }

  /** Waits until clients are welcome. */
  Node awaitReady() {
    await()
        .atMost(PATIENCE)
        .until(() -> !process.isAlive() || out.stream().anyMatch(line -> line.startsWith(READY)));
    if (!process.isAlive()) {
      throw new AssertionError("the node ended with " + exitCode() + ":\n" + output());
    }
    return this;
  }

  boolean isReady() {
    return out.stream().anyMatch(line -> line.startsWith(READY));
  }

  /** What the node says its address is. */
  URI url() {
    return out.stream()
        .filter(line -> line.startsWith(READY))
        .map(line -> URI.create(line.substring(READY.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the node isn't ready:\n" + output()));
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  List<String> log() {
    return log;
  }

  /** Waits for a line of the log. */
  String awaitLog(Predicate<String> wanted) {
    return await()
        .atMost(PATIENCE)
        .until(() -> log.stream().filter(wanted).findFirst().orElse(""), line -> !line.isEmpty());
  }

  String awaitLog(String part) {
    return awaitLog(line -> line.contains(part));
  }

  /** All that the node has printed. */
  String output() {
    return String.join("\n", out) + "\n" + String.join("\n", log);
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /** Waits for the end of the process and of its output. */
  int exitCode() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the node goes on running:\n" + output());
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

  @Override
  public void close() {
    terminate();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(killer);
  }
}
