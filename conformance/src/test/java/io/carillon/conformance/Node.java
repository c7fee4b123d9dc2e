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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * One node: a process of its own, started as an operator starts it. It never outlives the tests'
 * JVM.
 *
 * <p>The launcher becomes the node, so signals and the process id are the node's own.
 */
final class Node implements AutoCloseable {

  /** How long anything is waited for; only failures take that long. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What a node's JVM gets, unless a test sets the variable. */
  static final String JAVA_OPTIONS = "-Xmx256m";

  static final String JAVA_OPTIONS_VARIABLE = "CARILLON_JAVA_OPTS";

  /** What stands before the address, in the line that says that clients are welcome. */
  static final String READY = "Ready: ";

  private final Process process;
  private final String ready;
  private final Queue<String> out = new ConcurrentLinkedQueue<>();
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final List<Thread> readers;
  private final Thread killer;

  private Node(Process process, String ready) {
    this.process = process;
    this.ready = ready;
    this.killer = new Thread(process::destroyForcibly, "kill node " + process.pid());
    Runtime.getRuntime().addShutdownHook(killer);
    this.readers =
        List.of(read(process.inputReader(UTF_8), out), read(process.errorReader(UTF_8), log));
  }

  private static Thread read(BufferedReader reader, Queue<String> lines) {
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
    List<String> command = new ArrayList<>(List.of(root().resolve("bin/carillon") + "", "serve"));
    command.addAll(flags);
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent(JAVA_OPTIONS_VARIABLE, JAVA_OPTIONS);
    return start(new ProcessBuilder(command), all, READY);
  }

  /** The project's folder. */
  static Path root() {
    return Path.of(System.getProperty("carillon.root", ".."));
  }

  /**
   * Starts a node of any kind.
   *
   * @param ready what stands before its address, in the line of standard output that says that
   *     clients are welcome
   */
  static Node start(ProcessBuilder builder, Map<String, String> environment, String ready) {
    builder.environment().keySet().removeIf(Node::isConfiguration);
    builder.environment().putAll(environment);
    try {
      return new Node(builder.start(), ready);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isConfiguration(String name) {
    return name.startsWith("CARILLON_")
        ? !name.startsWith("CARILLON_JAVA")
        : name.startsWith("METRICS_")
            || List.of(
                    "PORT", "HOST", "RABBITMQ_URL", "RABBITMQ_EXCHANGE", "DEFAULT_TOPIC", "NODE_ID")
                .contains(name);
  }

  static Node launch(Map<String, String> environment, String... flags) {
    return launch(environment, List.of(flags));
  }

  /** Waits until clients are welcome. */
  Node awaitReady() {
    await().atMost(PATIENCE).until(() -> !process.isAlive() || isReady());
    if (!process.isAlive()) {
      throw new AssertionError("the node ended with " + exitCode() + ":\n" + output());
    }
    return this;
  }

  boolean isReady() {
    return out.stream().anyMatch(line -> line.startsWith(ready));
  }

  /** What the node says its address is. */
  URI url() {
    return out.stream()
        .filter(line -> line.startsWith(ready))
        .map(line -> URI.create(line.substring(ready.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the node isn't ready:\n" + output()));
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has written to standard error so far. */
  List<String> log() {
    return List.copyOf(log);
  }

  /** Waits for a line of the log. */
  String awaitLog(Predicate<String> wanted) {
    return await()
        .atMost(PATIENCE)
        .until(() -> log.stream().filter(wanted).findFirst().orElse(""), line -> !line.isEmpty());
  }

  /** What it has written to standard output so far. */
  List<String> standardOutput() {
    return List.copyOf(out);
  }

  /** Waits for a line of standard output. */
  void awaitOutput(String part) {
    await().atMost(PATIENCE).until(() -> out.stream().anyMatch(line -> line.contains(part)));
  }

  String awaitLog(String part) {
    return awaitLog(line -> line.contains(part));
  }

  /** All that the node has printed. */
  String output() {
    return String.join("\n", out) + "\n" + String.join("\n", log);
  }

  /** SIGTERM. By its handle, since {@link Process#destroy} would no longer read what it says. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  /** Stops the process where it is, as a debugger or a machine that swaps does. */
  void suspend() {
    signal("STOP");
  }

  /** Lets it go on. */
  void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    signal(pid(), name);
  }

  /** Sends a signal to any process. */
  static void signal(long pid, String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("kill -" + name + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
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
