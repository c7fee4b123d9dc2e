package io.carillon.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.carillon.part.BrokerUri.Host;
import io.carillon.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A Redis or a sentinel that one test starts for itself, on a port of its own. */
final class PrivateRedis implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(10);

  private final Path folder;
  private final int port;
  private final List<String> options;
  private final List<String> login;
  private Process process;

  private PrivateRedis(Path folder, int port, List<String> options, List<String> login) {
    this.folder = folder;
    this.port = port;
    this.options = options;
    this.login = login;
    this.process = run();
  }

  /**
   * Starts one.
   *
   * @param folder gets a folder for it
   * @param lines of its configuration
   */
  static PrivateRedis start(Path folder, String... lines) {
    return start(folder, List.of(), List.of(), List.of(lines));
  }

  /**
   * Starts one that redis-cli has to log in to.
   *
   * @param folder gets a folder for it
   * @param login the options with which redis-cli logs in
   * @param lines of its configuration
   */
  static PrivateRedis start(Path folder, List<String> login, List<String> lines) {
    return start(folder, List.of(), login, lines);
  }

  /** Starts a sentinel. */
  static PrivateRedis sentinel(Path folder, String... lines) {
    return start(folder, List.of("--sentinel"), List.of(), List.of(lines));
  }

  private static PrivateRedis start(
      Path parent, List<String> options, List<String> login, List<String> lines) {
    try {
      int port = Ports.unused();
      Path folder = Files.createDirectory(parent.resolve("redis-" + port));
      List<String> all = new ArrayList<>(List.of("bind 127.0.0.1", "save \"\"", "dir " + folder));
      if (lines.stream().noneMatch(line -> line.startsWith("tls-port"))) {
        all.add("port " + port);
      }
      for (String line : lines) {
        all.add(line.replace("PORT", "" + port));
      }
      Files.write(folder.resolve("redis.conf"), all);
      return new PrivateRedis(folder, port, options, login);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process run() {
    List<String> command = new ArrayList<>(List.of("redis-server", folder + "/redis.conf"));
    command.addAll(options);
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("out").toFile())
              .start();
      await().atMost(START).until(this::listens);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  Host host() {
    return new Host("127.0.0.1", port);
  }

  int port() {
    return port;
  }

  /** Asks it something with redis-cli; the answer, without the last line's end. */
  String ask(String... words) {
    List<String> command = new ArrayList<>(List.of("redis-cli", "-p", "" + port));
    command.addAll(login);
    command.addAll(List.of(words));
    try {
      Process asked = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(asked.getInputStream().readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as kill -9 does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it again, after {@link #kill}. */
  void restart() {
    process = run();
  }

  @Override
  public void close() {
    kill();
  }
}
