package io.carillon.conformance.nats;

import io.carillon.conformance.broker.PrivateBroker;
import io.carillon.conformance.machine.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A NATS server of a test's own, to be killed and started again on the same port. It ends with the
 * tests' JVM at the latest.
 */
public final class PrivateNats implements PrivateBroker {

  private static final String SERVER = "/usr/sbin/nats-server";
  private static final long PATIENCE_SECONDS = 10;

  private final int port = Ports.free();
  private final String configuration;
  private final Thread killer = new Thread(this::destroy, "kill NATS on " + port);
  private Process process;

  /** Starts it, and waits until it takes connections. */
  public PrivateNats() {
    this("");
  }

  /** The same with further lines of its configuration. */
  public PrivateNats(String configuration) {
    this.configuration = configuration;
    process = launch();
    Runtime.getRuntime().addShutdownHook(killer);
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

  private Process launch() {
    try {
      Path file = Files.createTempFile("carillon-nats", ".conf");
      file.toFile().deleteOnExit();
      Files.writeString(file, "listen: \"127.0.0.1:%d\"\n%s".formatted(port, configuration));
      Process launched = new ProcessBuilder(SERVER, "-c", file.toString()).start();
      BufferedReader log = launched.errorReader(StandardCharsets.UTF_8);
      for (String line = log.readLine(); ; line = log.readLine()) {
        if (line == null) {
          throw new AssertionError("NATS did not start");
        }
        if (line.contains("Server is ready")) {
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

  /** The address that a node uses. */
  @Override
  public String uri() {
    return "nats://127.0.0.1:" + port;
  }

  /** SIGTERM, and waits for the end of the process. */
  @Override
  public void stop() throws InterruptedException {
    process.toHandle().destroy();
    awaitEnd();
  }

  /** SIGKILL, and waits for the end of the process. */
  @Override
  public void kill() throws InterruptedException {
    destroy();
    awaitEnd();
  }

  private void awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("NATS goes on running");
    }
  }

  /** Starts it again, with nothing of what it had. */
  @Override
  public void start() {
    process = launch();
  }

  private void destroy() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    destroy();
    Runtime.getRuntime().removeShutdownHook(killer);
  }
}
