package io.carillon.conformance.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.machine.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * One node: a process of its own, started as an operator starts it. The process ends with the
 * tests' JVM at the latest.
 *
 * <p>The launcher becomes the node, so signals and the process id are the node's own.
 */
public final class Node implements AutoCloseable {

  /** The options of a node's JVM, unless a test sets the variable. */
  public static final String JAVA_OPTIONS = "-Xmx256m";

  /** The variable with options for a node's JVM. */
  public static final String JAVA_OPTIONS_VARIABLE = "CARILLON_JAVA_OPTS";

  /** The text before the address, in the line that says that the node accepts clients. */
  public static final String READY = "Ready: ";

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
  public static Node launch(Map<String, String> environment, List<String> flags) {
    List<String> command =
        new ArrayList<>(List.of(Project.root().resolve("bin/carillon") + "", "serve"));
    command.addAll(flags);
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent(JAVA_OPTIONS_VARIABLE, JAVA_OPTIONS);
    return start(new ProcessBuilder(command), all, READY);
  }

  /**
   * Starts a node of any kind.
   *
   * @param ready what stands before its address, in the line of standard output that says that
   *     clients are welcome
   */
  public static Node start(ProcessBuilder builder, Map<String, String> environment, String ready) {
    builder.environment().keySet().removeIf(Node::isConfiguration);
    builder.environment().putAll(environment);
    try {
      return new Node(builder.start(), ready);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The variable that gives a node the address of its broker. */
  public static String brokerVariable(String uri) {
    return switch (uri.substring(0, uri.indexOf(':'))) {
      case "redis", "rediss", "redis+sentinel", "rediss+sentinel" -> "REDIS_URL";
      case "redis+cluster", "rediss+cluster" -> "REDIS_CLUSTER_NODES";
      case "nats", "tls" -> "NATS_SERVERS";
      case "kafka" -> "KAFKA_BROKERS";
      default -> "RABBITMQ_URL";
    };
  }

  private static boolean isConfiguration(String name) {
    return name.startsWith("CARILLON_")
        ? !name.startsWith("CARILLON_JAVA")
        : name.startsWith("METRICS_")
            || name.startsWith("REDIS_")
            || name.startsWith("DATABASE_REDIS_")
            || name.startsWith("NATS_")
            || name.startsWith("KAFKA_")
            || List.of(
                    "PORT",
                    "HOST",
                    "ADAPTER_DRIVER",
                    "RABBITMQ_URL",
                    "RABBITMQ_EXCHANGE",
                    "DEFAULT_TOPIC",
                    "NODE_ID")
                .contains(name);
  }

  /** The same with flags one by one. */
  public static Node launch(Map<String, String> environment, String... flags) {
    return launch(environment, List.of(flags));
  }

  /** Waits until the node accepts clients. */
  public Node awaitReady() {
    await().atMost(Patience.LIMIT).until(() -> !process.isAlive() || isReady());
    if (!process.isAlive()) {
      throw new AssertionError("the node ended with " + exitCode() + ":\n" + output());
    }
    return this;
  }

  /** Whether it has said that clients are welcome. */
  public boolean isReady() {
    return out.stream().anyMatch(line -> line.startsWith(ready));
  }

  /** The address that the node prints. */
  public URI url() {
    return out.stream()
        .filter(line -> line.startsWith(ready))
        .map(line -> URI.create(line.substring(ready.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the node isn't ready:\n" + output()));
  }

  /** The process's id. */
  public long pid() {
    return process.pid();
  }

  /** Whether the process still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The lines on standard error so far. */
  public List<String> log() {
    return List.copyOf(log);
  }

  /** Waits for a line of the log. */
  public String awaitLog(Predicate<String> wanted) {
    return await()
        .atMost(Patience.LIMIT)
        .until(() -> log.stream().filter(wanted).findFirst().orElse(""), line -> !line.isEmpty());
  }

  /** The lines on standard output so far. */
  public List<String> standardOutput() {
    return List.copyOf(out);
  }

  /** Waits for a line of standard output. */
  public void awaitOutput(String part) {
    await().atMost(Patience.LIMIT).until(() -> out.stream().anyMatch(line -> line.contains(part)));
  }

  /** Waits for a line of the log that contains this. */
  public String awaitLog(String part) {
    return awaitLog(line -> line.contains(part));
  }

  /** All that the node has printed. */
  public String output() {
    return String.join("\n", out) + "\n" + String.join("\n", log);
  }

  /**
   * SIGTERM. Sent by the process handle, because {@link Process#destroy} would stop reading the
   * output.
   */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** SIGKILL. */
  public void kill() {
    process.toHandle().destroyForcibly();
  }

  /** Stops the process, as a debugger or a machine that swaps does. */
  public void suspend() {
    Signal.STOP.send(pid());
  }

  /** Lets it go on. */
  public void resume() {
    Signal.CONT.send(pid());
  }

  /** Waits for the end of the process and of its output. */
  public int exitCode() {
    try {
      if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
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

  /** SIGTERM, and waits for the end of the process: how it ended. */
  public int stop() {
    terminate();
    return exitCode();
  }

  /**
   * Ends the process at once. A test of a node's shutdown uses {@link #stop}: a shutdown takes
   * seconds, which every other test would have to wait for.
   */
  @Override
  public void close() {
    kill();
    try {
      process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(killer);
  }
}
