package io.carillon.adapter.redis;

import static org.awaitility.Awaitility.await;

import io.carillon.adapter.redis.RedisAddress.Login;
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
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
  private final Doors doors;
  private final List<PrivateRedis> servers = new ArrayList<>();
  private Path folder;

  /** Null without a guard. */
  private @Nullable ClusterGuard guard;

  /** Servers that take none of them for dead while the machine is busy. */
  ClusterServers() {
    this(Duration.ofSeconds(15));
  }

  /**
   * @param nodeTimeout after which they take a silent server for dead
   */
  ClusterServers(Duration nodeTimeout) {
    this(nodeTimeout, Doors.OPEN);
  }

  /**
   * @param nodeTimeout after which they take a silent server for dead
   * @param doors what they ask of everybody
   */
  @SuppressWarnings("NullAway.Init") // everything is started before the first test
  ClusterServers(Duration nodeTimeout, Doors doors) {
    this.nodeTimeout = nodeTimeout;
    this.doors = doors;
  }

  /** The proofs that servers want from nodes, from redis-cli and from each other. */
  enum Doors {
    /** Nothing. */
    OPEN,
    /** TLS with a certificate, a user and a password. */
    GUARDED
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory(Path.of("target"), "redis-cluster").toAbsolutePath();
    guard = doors == Doors.GUARDED ? new ClusterGuard(folder) : null;
    for (int i = 0; i < 2 * MASTERS; i++) {
      servers.add(startOne());
    }
    List<String> create = new ArrayList<>(List.of("--cluster", "create"));
    servers.forEach(server -> create.add(server.host().toString()));
    create.addAll(List.of("--cluster-replicas", "1", "--cluster-yes"));
    servers.getFirst().ask(create.toArray(String[]::new));
    awaitHealth();
  }

  private PrivateRedis startOne() {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "cluster-enabled yes",
                "cluster-node-timeout " + nodeTimeout.toMillis(),
                "repl-diskless-sync-delay 0"));
    if (guard == null) {
      return PrivateRedis.start(folder, List.of(), lines);
    }
    lines.addAll(guard.lines());
    return PrivateRedis.start(folder, guard.login(), lines);
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
    return ranges(server).anyMatch(range -> range.first() <= slot && slot <= range.last());
  }

  /** How many slots a master owns, as it knows itself. */
  static int slots(PrivateRedis server) {
    return ranges(server).mapToInt(range -> range.last() - range.first() + 1).sum();
  }

  /** The slots from a first to a last one. */
  private record Range(int first, int last) {}

  private static Stream<Range> ranges(PrivateRedis server) {
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
        .map(
            range ->
                new Range(Integer.parseInt(range[0]), Integer.parseInt(range[range.length - 1])));
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
    beginMove(name, to);
    String slot = "" + SlotHash.getSlot(name);
    String target = id(to);
    PrivateRedis from = masterOf(name);
    to.ask("cluster", "setslot", slot, "node", target);
    from.ask("cluster", "setslot", slot, "node", target);
    for (PrivateRedis other : masters()) {
      other.ask("cluster", "setslot", slot, "node", target);
    }
  }

  /** Has both masters know that the slot of a name is to move; the old one still owns it. */
  void beginMove(String name, PrivateRedis to) {
    String slot = "" + SlotHash.getSlot(name);
    PrivateRedis from = masterOf(name);
    to.ask("cluster", "setslot", slot, "importing", id(from));
    from.ask("cluster", "setslot", slot, "migrating", id(to));
  }

  /** Moves slots to a master, by redis-cli. */
  void reshard(List<PrivateRedis> from, PrivateRedis to, int slots) {
    await().atMost(START).until(this::agrees);
    String said =
        to.ask(
            "--cluster",
            "reshard",
            to.host().toString(),
            "--cluster-from",
            from.stream().map(ClusterServers::id).collect(Collectors.joining(",")),
            "--cluster-to",
            id(to),
            "--cluster-slots",
            "" + slots,
            "--cluster-yes");
    if (said.contains("ERR")) {
      throw new IllegalStateException(said);
    }
  }

  private static String id(PrivateRedis server) {
    return server.ask("cluster", "myid");
  }

  private boolean agrees() {
    PrivateRedis first = servers.getFirst();
    return first
        .ask("--cluster", "check", first.host().toString())
        .contains("All nodes agree about slots configuration");
  }

  /** Starts another server, which joins the cluster as a master without slots. */
  PrivateRedis join() {
    PrivateRedis joined = startOne();
    PrivateRedis first = servers.getFirst();
    first.ask("--cluster", "add-node", joined.host().toString(), first.host().toString());
    servers.add(joined);
    await()
        .atMost(START)
        .until(
            () ->
                servers.stream().allMatch(server -> knows(server, joined))
                    && joined.ask("cluster", "info").contains("cluster_state:ok"));
    return joined;
  }

  private static boolean knows(PrivateRedis server, PrivateRedis other) {
    return server
        .ask("cluster", "nodes")
        .lines()
        .anyMatch(line -> line.startsWith(id(other)) && !line.contains("handshake"));
  }

  /** A server without slots leaves the cluster: all others forget it, and it ends. */
  void leave(PrivateRedis server) {
    servers.remove(server);
    PrivateRedis first = servers.getFirst();
    first.ask("--cluster", "del-node", first.host().toString(), id(server));
    server.close();
    awaitHealth();
  }

  /** The guard of servers that have one. */
  ClusterGuard guard() {
    return Objects.requireNonNull(guard);
  }

  /** A configuration with a prefix that nobody else has. */
  RedisConfig config() {
    String prefix =
        "carillon:test-" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
    RedisConfig config =
        RedisConfig.of(
                RedisAddress.ofCluster(
                    guard != null, hosts(), guard == null ? Login.NONE : guard.user()),
                prefix,
                "test node")
            .withPrefix(prefix + ":");
    return guard == null ? config : config.withTls(guard.files());
  }
}
