package io.carillon.benchmark.balancer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A node, which can be started again at its port. For the drill's thread. */
final class Node implements Part {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String JAVA_OPTIONS = "-Xmx512m";

  private final int number;
  private final int port;
  private final String broker;
  private final List<String> options;
  private final Path folder;
  private Program program;
  private int starts;

  /**
   * Starts it and waits until it is ready.
   *
   * @param number from 1; its name is {@code node-1} and so on
   * @param broker the URL of its Redis
   * @param options further options of {@code carillon serve}
   */
  Node(int number, String broker, List<String> options, Path folder)
      throws IOException, InterruptedException {
    this.number = number;
    this.port = Ports.free();
    this.broker = broker;
    this.options = List.copyOf(options);
    this.folder = folder;
    this.program = launch();
    awaitReady();
  }

  private Program launch() throws IOException {
    List<String> command =
        new ArrayList<>(List.of("bin/carillon", "serve", "--port", port + "", "--node-id", name()));
    command.addAll(options);
    Path log = folder.resolve(name() + "-" + starts++ + ".log");
    Files.deleteIfExists(log); // Of an earlier run, which was ready.
    return Program.start(
        log, Map.of("REDIS_URL", broker, "CARILLON_JAVA_OPTS", JAVA_OPTIONS), command);
  }

  private void awaitReady() throws InterruptedException {
    Until.holds(name() + " is ready: see " + program.log(), PATIENCE, this::isReady);
  }

  private boolean isReady() {
    try {
      if (!program.isAlive()) {
        throw new IllegalStateException(name() + " has ended: " + Files.readString(program.log()));
      }
      return Files.readString(program.log()).contains("Ready: ");
    } catch (IOException e) {
      return false;
    }
  }

  int number() {
    return number;
  }

  String name() {
    return "node-" + number;
  }

  /** Its address for a balancer. */
  String address() {
    return "127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  long pid() {
    return program.pid();
  }

  boolean isAlive() {
    return program.isAlive();
  }

  void kill() {
    program.kill();
  }

  /** SIGSTOP: its kernel still accepts connections. */
  void suspend() throws IOException, InterruptedException {
    program.signal("STOP");
  }

  void resume() throws IOException, InterruptedException {
    program.signal("CONT");
  }

  /** Asks it to drain and to end, and does not wait. */
  void drain() throws IOException, InterruptedException {
    program.signal("TERM");
  }

  /** Starts it again at the same port, after its process has ended, and waits until it is ready. */
  void startAgain() throws IOException, InterruptedException {
    Until.holds(name() + " has ended", PATIENCE, () -> !program.isAlive());
    program = launch();
    awaitReady();
  }

  @Override
  public void close() {
    program.kill();
  }
}
