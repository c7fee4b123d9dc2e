package io.carillon.adapter.nats;

import static org.awaitility.Awaitility.await;

import io.carillon.adapter.nats.NatsAddress.Credentials;
import io.carillon.part.BrokerUri.Host;
import io.carillon.testkit.Ports;
import io.carillon.testkit.Relay;
import io.nats.client.Connection;
import io.nats.client.Subscription;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A cluster of NATS servers of a test's own, each of which may be killed. */
final class NatsServers implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 10;

  /** Another version may be named for a run of the tests. */
  private static final String SERVER = System.getProperty("nats.server", "/usr/sbin/nats-server");

  private final List<Integer> ports;
  private final List<Process> servers = new ArrayList<>();
  private final @Nullable SlowRoute between;

  /** Starts this many, and waits until they take connections. */
  NatsServers(int count) {
    List<Integer> unused = unusedPorts(2 * count);
    ports = unused.subList(0, count);
    between = null;
    List<Integer> routes = unused.subList(count, 2 * count);
    for (int i = 0; i < count; i++) {
      servers.add(launch(ports.get(i), routes.get(i), routes.getFirst()));
    }
  }

  private NatsServers(Duration delay) {
    List<Integer> unused = unusedPorts(4);
    ports = unused.subList(0, 2);
    int first = unused.get(2);
    between = new SlowRoute(first, delay);
    servers.add(launch(ports.getFirst(), first, first));
    servers.add(launch(ports.getLast(), unused.get(3), between.port()));
  }

  /** Starts two, with a delay for all that one of them sends to the other one. */
  static NatsServers apart(Duration delay) {
    NatsServers servers = new NatsServers(delay);
    servers.awaitRoute(0, 1);
    servers.awaitRoute(1, 0);
    return servers;
  }

  /** Servers are ready before they are connected to each other. */
  private void awaitRoute(int from, int to) {
    try {
      Connection sender = io.nats.client.Nats.connect("nats://" + host(from));
      Connection receiver = io.nats.client.Nats.connect("nats://" + host(to));
      Subscription hearing = receiver.subscribe("route");
      await()
          .until(
              () -> {
                sender.publish("route", new byte[0]);
                return hearing.nextMessage(Duration.ofMillis(100)) != null;
              });
      sender.close();
      receiver.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<Integer> unusedPorts(int count) {
    return IntStream.generate(Ports::unused).distinct().limit(count).boxed().toList();
  }

  private static Process launch(int port, int ownRoute, int routeTo) {
    try {
      Process server =
          new ProcessBuilder(
                  SERVER,
                  "-a",
                  "127.0.0.1",
                  "-p",
                  Integer.toString(port),
                  "--cluster_name",
                  "test",
                  "--cluster",
                  "nats://127.0.0.1:" + ownRoute,
                  "--routes",
                  "nats://127.0.0.1:" + routeTo)
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

  int port(int server) {
    return ports.get(server);
  }

  /** The address of a relay to one of them. */
  NatsAddress through(Relay relay) {
    return new NatsAddress(false, List.of(new Host("127.0.0.1", relay.port())), Credentials.NONE);
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
    if (between != null) {
      between.close();
    }
  }
}
