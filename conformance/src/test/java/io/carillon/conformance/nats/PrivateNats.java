package io.carillon.conformance.nats;

import io.carillon.conformance.broker.PrivateBroker;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.machine.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A NATS server of a test's own, to be killed and started again on the same port. It ends with the
 * tests' JVM at the latest.
 */
public final class PrivateNats implements PrivateBroker {

  private final int port = Ports.free();
  private final ServerProcess server;

  /** Starts it, and waits until it takes connections. */
  public PrivateNats() {
    this("");
  }

  /** The same with further lines of its configuration. */
  public PrivateNats(String configuration) {
    try {
      Path file = Files.createTempFile("carillon-nats", ".conf");
      file.toFile().deleteOnExit();
      Files.writeString(file, "listen: \"127.0.0.1:%d\"\n%s".formatted(port, configuration));
      server =
          new ServerProcess(
              "NATS", "Server is ready", "/usr/sbin/nats-server", "-c", file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts two that are one cluster. */
  public static List<PrivateNats> pair() {
    String first = "127.0.0.1:" + Ports.free();
    String second = "127.0.0.1:" + Ports.free();
    String cluster = "cluster { name: pair, listen: \"%s\"%s }\n";
    return List.of(
        new PrivateNats(cluster.formatted(first, "")),
        new PrivateNats(cluster.formatted(second, ", routes: [\"nats://" + first + "\"]")));
  }

  /** The address that a node uses. */
  @Override
  public String uri() {
    return "nats://127.0.0.1:" + port;
  }

  /** SIGTERM, and waits for the end of the process. */
  @Override
  public void stop() throws InterruptedException {
    server.stop();
  }

  /** SIGKILL, and waits for the end of the process. */
  @Override
  public void kill() throws InterruptedException {
    server.kill();
  }

  /** Starts it again, with nothing of what it had. */
  @Override
  public void start() {
    server.start();
  }

  @Override
  public void close() {
    server.close();
  }
}
