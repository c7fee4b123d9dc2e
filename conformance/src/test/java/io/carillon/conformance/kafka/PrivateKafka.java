package io.carillon.conformance.kafka;

import io.carillon.conformance.broker.PrivateBroker;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.machine.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A Kafka broker of a test's own, to be killed and started again on the same port with all that it
 * had. It ends with the tests' JVM at the latest.
 */
public final class PrivateKafka implements PrivateBroker {

  private final int port = Ports.free();
  private final Path folder;
  private final ServerProcess server;

  /** Starts it, and waits until it takes connections. */
  public PrivateKafka() {
    try {
      folder = Files.createTempDirectory("carillon-kafka");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server =
        new ServerProcess(
            "Kafka",
            "Kafka Server started",
            Path.of(System.getProperty("carillon.root"), "tools/kafka/broker").toString(),
            folder.toString(),
            Integer.toString(Ports.free()),
            Integer.toString(port));
  }

  /** The address that a node uses. */
  @Override
  public String uri() {
    return "kafka://127.0.0.1:" + port;
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

  /** Starts it again, with all that it had. */
  @Override
  public void start() {
    server.start();
  }

  @Override
  public void close() {
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
