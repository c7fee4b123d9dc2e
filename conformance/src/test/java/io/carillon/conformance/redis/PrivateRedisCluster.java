package io.carillon.conformance.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster of Redis of a test's own: three masters without replicas. It ends with the tests' JVM
 * at the latest.
 */
public final class PrivateRedisCluster implements AutoCloseable {

  private static final int MASTERS = 3;

  private final List<Integer> ports = new ArrayList<>();
  private final List<Process> servers = new ArrayList<>();

  /** Starts it, and waits until it serves all slots. */
  public PrivateRedisCluster() throws IOException {
    List<String> create = new ArrayList<>(List.of("--cluster", "create"));
    for (int i = 0; i < MASTERS; i++) {
      int port = Ports.free();
      ports.add(port);
      servers.add(launch(port));
      create.add("127.0.0.1:" + port);
    }
    create.add("--cluster-yes");
    ask(ports.getFirst(), create.toArray(String[]::new));
    await()
        .atMost(Patience.LIMIT)
        .until(
            () -> {
              for (int port : ports) {
                if (!ask(port, "cluster", "info").contains("cluster_state:ok")) {
                  return false;
                }
              }
              return true;
            });
  }

  private static Process launch(int port) throws IOException {
    Path folder = Files.createTempDirectory("carillon-redis");
    Process launched =
        new ProcessBuilder(
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--cluster-enabled",
                "yes",
                "--dir",
                folder.toString(),
                "--save",
                "")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(launched::destroyForcibly));
    await().atMost(Patience.LIMIT).until(() -> listens(port));
    return launched;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Moves the slot of a name from its master to the next one. */
  public void moveSlotOf(String name) throws IOException {
    String slot = ask(ports.getFirst(), "cluster", "keyslot", name);
    int from = owner(name);
    int to = ports.get((ports.indexOf(from) + 1) % MASTERS);
    String source = ask(from, "cluster", "myid");
    String target = ask(to, "cluster", "myid");
    ask(to, "cluster", "setslot", slot, "importing", source);
    ask(from, "cluster", "setslot", slot, "migrating", target);
    ask(to, "cluster", "setslot", slot, "node", target);
    for (int port : ports) {
      ask(port, "cluster", "setslot", slot, "node", target);
    }
  }

  /** The port of the master that executes commands for a name: it doesn't point elsewhere. */
  private int owner(String name) throws IOException {
    for (int port : ports) {
      if (!ask(port, "get", name).startsWith("MOVED")) {
        return port;
      }
    }
    throw new IllegalStateException("nobody owns " + name);
  }

  private static String ask(int port, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("redis-cli", "-p", Integer.toString(port)));
    command.addAll(List.of(words));
    Process asked = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(asked.getInputStream().readAllBytes(), UTF_8).strip();
  }

  /** How a node gets there: one server is enough. */
  public String uri() {
    return "redis+cluster://127.0.0.1:" + ports.getLast();
  }

  /** Ends it for good. */
  @Override
  public void close() {
    servers.forEach(Process::destroyForcibly);
  }
}
