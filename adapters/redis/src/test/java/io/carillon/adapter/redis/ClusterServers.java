package io.carillon.adapter.redis;

import static org.awaitility.Awaitility.await;

import io.carillon.part.BrokerUri.Host;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A cluster of Redis for the tests of one class: three masters, each with a replica, all real
 * processes.
 */
final class ClusterServers implements BeforeAllCallback, AfterAllCallback {

  private static final Duration START = Duration.ofSeconds(20);
  private static final int MASTERS = 3;

  private final Duration nodeTimeout;
  private final List<PrivateRedis> servers = new ArrayList<>();
  private Path folder;

  /** Servers that take none of them for dead while the machine is busy. */
  ClusterServers() {
    this(Duration.ofSeconds(15));
  }

  /**
   * @param nodeTimeout after which they take a silent server for dead
   */
  @SuppressWarnings("NullAway.Init") // everything is started before the first test
  ClusterServers(Duration nodeTimeout) {
    this.nodeTimeout = nodeTimeout;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory(Path.of("target"), "redis-cluster");
    for (int i = 0; i < 2 * MASTERS; i++) {
      servers.add(
          PrivateRedis.start(
              folder.toAbsolutePath(),
              "cluster-enabled yes",
              "cluster-node-timeout " + nodeTimeout.toMillis(),
              "repl-diskless-sync-delay 0"));
    }
    List<String> create = new ArrayList<>(List.of("--cluster", "create"));
    servers.forEach(server -> create.add(server.host().toString()));
    create.addAll(List.of("--cluster-replicas", "1", "--cluster-yes"));
    servers.getFirst().ask(create.toArray(String[]::new));
    awaitHealth();
  }

  /** Waits until every server knows three masters with slots and a replica of each. */
  void awaitHealth() {
    await().atMost(START).until(() -> servers.stream().allMatch(ClusterServers::isHealthy));
  }

  private static boolean isHealthy(PrivateRedis server) {
    List<String> lines = server.ask("cluster", "nodes").lines().toList();
    return server.ask("cluster", "info").contains("cluster_state:ok")
        && lines.stream().filter(line -> line.contains("slave")).count() == MASTERS
        && lines.stream().noneMatch(line -> line.contains("fail"))
        && (!server.ask("role").startsWith("slave") || server.ask("role").contains("\nconnected"));
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    servers.forEach(PrivateRedis::close);
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  List<PrivateRedis> all() {
    return List.copyOf(servers);
  }

  List<Host> hosts() {
    return servers.stream().map(PrivateRedis::host).toList();
  }

  /** The masters, as they see themselves. */
  List<PrivateRedis> masters() {
    return servers.stream().filter(server -> server.ask("role").startsWith("master")).toList();
  }

  /** The master of a name's slot. */
  PrivateRedis masterOf(String name) {
    return masterOf(SlotHash.getSlot(name));
  }

  private PrivateRedis masterOf(int slot) {
    return masters().stream().filter(server -> owns(server, slot)).findFirst().orElseThrow();
  }

  private static boolean owns(PrivateRedis server, int slot) {
    String own =
        server
            .ask("cluster", "nodes")
            .lines()
            .filter(line -> line.contains("myself"))
            .findFirst()
            .orElseThrow();
    return Stream.of(own.split(" "))
        .skip(8)
        .filter(range -> range.matches("[0-9-]+"))
        .map(range -> range.split("-"))
        .anyMatch(
            range ->
                Integer.parseInt(range[0]) <= slot
                    && slot <= Integer.parseInt(range[range.length - 1]));
  }

  /** A master that doesn't own a name's slot. */
  PrivateRedis otherMaster(String name) {
    PrivateRedis owner = masterOf(name);
    return masters().stream()
        .filter(server -> server.port() != owner.port())
        .findFirst()
        .orElseThrow();
  }

  /** A replica of a master. */
  PrivateRedis replicaOf(PrivateRedis master) {
    return servers.stream()
        .filter(server -> server.ask("role").startsWith("slave\n127.0.0.1\n" + master.port()))
        .findFirst()
        .orElseThrow();
  }

  /** Moves the slot of a name to another master, as redis-cli does when it reshards. */
  void move(String name, PrivateRedis to) {
    String slot = "" + SlotHash.getSlot(name);
    PrivateRedis from = masterOf(name);
    String target = to.ask("cluster", "myid");
    String source = from.ask("cluster", "myid");
    to.ask("cluster", "setslot", slot, "importing", source);
    from.ask("cluster", "setslot", slot, "migrating", target);
    to.ask("cluster", "setslot", slot, "node", target);
    from.ask("cluster", "setslot", slot, "node", target);
    for (PrivateRedis other : masters()) {
      other.ask("cluster", "setslot", slot, "node", target);
    }
  }

  /** A configuration with a prefix that nobody else has. */
  RedisConfig config() {
    String prefix = "test-" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
    return RedisConfig.of(
            RedisAddress.ofCluster(false, hosts(), RedisAddress.Login.NONE), prefix, "test node")
        .withPrefix(prefix + ":");
  }
}
