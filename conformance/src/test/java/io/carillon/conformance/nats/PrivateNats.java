package io.carillon.conformance.nats;

import io.carillon.conformance.machine.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A NATS server of a test's own, to be killed and started again on the same port. It ends with the
 * tests' JVM at the latest.
 */
public final class PrivateNats implements AutoCloseable {

  private static final String SERVER = "/usr/sbin/nats-server";
  private static final long PATIENCE_SECONDS = 10;

  private final int port = Ports.free();
  private final Thread killer = new Thread(this::destroy, "kill NATS on " + port);
  private Process process;

  /** Starts it, and waits until it takes connections. */
  public PrivateNats() {
    process = launch();
    Runtime.getRuntime().addShutdownHook(killer);
  }

  private Process launch() {
    try {
      Process launched =
          new ProcessBuilder(SERVER, "-a", "127.0.0.1", "-p", Integer.toString(port)).start();
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
  public String uri() {
    return "nats://127.0.0.1:" + port;
  }

  /** SIGKILL, and waits for the end of the process. */
  public void kill() throws InterruptedException {
    destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("NATS goes on running");
    }
  }

  /** Starts it again, with nothing of what it had. */
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
