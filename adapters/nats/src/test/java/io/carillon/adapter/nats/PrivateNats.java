package io.carillon.adapter.nats;

import static org.awaitility.Awaitility.await;

import io.carillon.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A NATS server that one test starts for itself, on a port of its own. */
final class PrivateNats implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(10);

  private final int port = Ports.unused();
  private final Process process;

  /**
   * Starts it, and waits until it takes connections.
   *
   * @param folder gets its files
   * @param configuration what its configuration has beside the port
   */
  PrivateNats(Path folder, String configuration) {
    try {
      Path file =
          Files.writeString(
              folder.resolve("nats-%d.conf".formatted(port)),
              "listen: \"127.0.0.1:%d\"\n%s\n".formatted(port, configuration));
      process =
          new ProcessBuilder("nats-server", "-c", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("nats-%d.log".formatted(port)).toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    await().atMost(START).until(this::listens);
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
