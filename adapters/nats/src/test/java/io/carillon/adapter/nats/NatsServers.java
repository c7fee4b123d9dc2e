package io.carillon.adapter.nats;

import io.carillon.adapter.nats.NatsAddress.Credentials;
import io.carillon.part.BrokerUri.Host;
import io.carillon.testkit.Relay;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A cluster of NATS servers of a test's own, each of which may be killed. */
final class NatsServers implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 10;

  private final List<Integer> ports;
  private final List<Process> servers = new ArrayList<>();

  /** Starts this many, and waits until they take connections. */
  NatsServers(int count) {
    List<Integer> unused =
        IntStream.generate(Relay::unusedPort).distinct().limit(2L * count).boxed().toList();
    ports = unused.subList(0, count);
    List<Integer> routes = unused.subList(count, 2 * count);
    for (int i = 0; i < count; i++) {
      servers.add(launch(ports.get(i), routes.get(i), routes.getFirst()));
    }
  }

  private static Process launch(int port, int ownRoute, int firstRoute) {
    try {
      Process server =
          new ProcessBuilder(
                  "/usr/sbin/nats-server",
                  "-a",
                  "127.0.0.1",
                  "-p",
                  Integer.toString(port),
                  "--cluster_name",
                  "test",
                  "--cluster",
                  "nats://127.0.0.1:" + ownRoute,
                  "--routes",
                  "nats://127.0.0.1:" + firstRoute)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
      awaitReady(server.errorReader(StandardCharsets.UTF_8));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitReady(BufferedReader log) throws IOException {
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      if (line.contains("Server is ready")) {
        Thread.startVirtualThread(() -> drain(log));
        return;
      }
    }
    throw new AssertionError("NATS did not start");
  }

  private static void drain(BufferedReader log) {
    try (log) {
      log.lines().forEach(line -> {});
    } catch (IOException | UncheckedIOException processIsGone) {
      // The end of the log.
    }
  }

  /** The address of one of them, from 0. */
  NatsAddress at(int server) {
    return new NatsAddress(false, List.of(host(server)), Credentials.NONE);
  }

  /** The address of all. */
  NatsAddress all() {
    return new NatsAddress(
        false, IntStream.range(0, ports.size()).mapToObj(this::host).toList(), Credentials.NONE);
  }

  private Host host(int server) {
    return new Host("127.0.0.1", ports.get(server));
  }

  /** SIGKILL for one of them. */
  void kill(int server) throws InterruptedException {
    Process process = servers.get(server).destroyForcibly();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("NATS goes on running");
    }
  }

  @Override
  public void close() {
    servers.forEach(Process::destroyForcibly);
  }
}
