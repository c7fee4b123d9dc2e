package io.carillon.conformance.redis;

import static org.awaitility.Awaitility.await;

import io.carillon.conformance.broker.PrivateBroker;
import io.carillon.conformance.machine.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster of Redis of a test's own: three masters without replicas, which are killed and started
 * again together. It ends with the tests' JVM at the latest.
 */
public final class PrivateRedisCluster implements PrivateBroker {

  private static final int MASTERS = 3;

  private final List<PrivateRedis> servers = new ArrayList<>();

  /** Starts it, and waits until it serves all slots. */
  public PrivateRedisCluster() {
    List<String> create = new ArrayList<>(List.of("--cluster", "create", "--cluster-yes"));
    for (int i = 0; i < MASTERS; i++) {
      PrivateRedis server = new PrivateRedis("--cluster-enabled", "yes");
      servers.add(server);
      create.add("127.0.0.1:" + server.port());
    }
    try {
      servers.getFirst().ask(create.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitAllSlots();
  }

  private void awaitAllSlots() {
    await()
        .atMost(Patience.LIMIT)
        .until(
            () -> {
              for (PrivateRedis server : servers) {
                if (!server.ask("cluster", "info").contains("cluster_state:ok")) {
                  return false;
                }
              }
              return true;
            });
  }

  @Override
  public void stop() throws InterruptedException {
    for (PrivateRedis server : servers) {
      server.stop();
    }
  }

  @Override
  public void kill() throws InterruptedException {
    for (PrivateRedis server : servers) {
      server.kill();
    }
  }

  /** Starts all servers again, and waits until they serve all slots. */
  @Override
  public void start() throws IOException {
    for (PrivateRedis server : servers) {
      server.start();
    }
    awaitAllSlots();
  }

  /** Moves the slot of a name from its master to the next one. */
  public void moveSlotOf(String name) throws IOException {
    String slot = servers.getFirst().ask("cluster", "keyslot", name).strip();
    PrivateRedis from = owner(name);
    PrivateRedis to = servers.get((servers.indexOf(from) + 1) % MASTERS);
    String source = from.ask("cluster", "myid").strip();
    String target = to.ask("cluster", "myid").strip();
    to.ask("cluster", "setslot", slot, "importing", source);
    from.ask("cluster", "setslot", slot, "migrating", target);
    to.ask("cluster", "setslot", slot, "node", target);
    for (PrivateRedis server : servers) {
      server.ask("cluster", "setslot", slot, "node", target);
    }
  }

  /** The master that executes commands for a name: it doesn't point elsewhere. */
  private PrivateRedis owner(String name) throws IOException {
    for (PrivateRedis server : servers) {
      if (!server.ask("get", name).startsWith("MOVED")) {
        return server;
      }
    }
    throw new IllegalStateException("no master owns the slot of " + name);
  }

  /** How a node gets there: one server is enough. */
  @Override
  public String uri() {
    return "redis+cluster://127.0.0.1:" + servers.getLast().port();
  }

  /** Ends it for good. */
  @Override
  public void close() {
    servers.forEach(PrivateRedis::close);
  }
}
