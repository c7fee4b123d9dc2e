package io.carillon.conformance.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.broker.PrivateBroker;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Redis of a test's own, to be killed and started again on the same port. It ends with the tests'
 * JVM at the latest.
 */
public final class PrivateRedis implements PrivateBroker {

  private final int port;
  private final Path folder;
  private final List<String> options;
  private Process process;

  /**
   * Starts it, and waits until it takes connections.
   *
   * @param options of its command line, beside the port and the folder
   */
  public PrivateRedis(String... options) {
    port = Ports.free();
    this.options = List.of(options);
    try {
      folder = Files.createTempDirectory("carillon-redis");
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch() throws IOException {
    List<String> command =
        new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1", "--save", ""));
    command.addAll(List.of("--port", Integer.toString(port), "--dir", folder.toString()));
    command.addAll(options);
    Process launched =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(launched::destroyForcibly));
    await().atMost(Patience.LIMIT).until(this::listens);
    return launched;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Starts it again, and waits until it takes connections. */
  @Override
  public void start() throws IOException {
    process = launch();
  }

  /** SIGTERM, and waits for the end of the process. */
  @Override
  public void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ended").isTrue();
  }

  /** SIGKILL, and waits for the end of the process. */
  @Override
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ended").isTrue();
  }

  /** Where it listens, at 127.0.0.1. */
  int port() {
    return port;
  }

  /** The answer of redis-cli. */
  public String ask(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("redis-cli", "-p", Integer.toString(port)));
    command.addAll(List.of(words));
    Process asked = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(asked.getInputStream().readAllBytes(), UTF_8);
  }

  /** How a node gets there. */
  @Override
  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** Ends it for good. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
