package io.carillon.adapter.redis;

import io.carillon.adapter.redis.RedisAddress.Login;
import io.carillon.config.Configuration;
import io.carillon.config.Formats;
import io.carillon.config.GroupsFormat;
import io.carillon.config.Problem;
import io.carillon.config.SecretFormats;
import io.carillon.config.Setting;
import io.carillon.part.BrokerUri.Host;
import java.util.List;

/** The keys of a cluster of Redis. The prefix and the files for TLS are those of Redis. */
final class ClusterSettings {

  static final Setting<RedisAddress> URL =
      Setting.of("database.redis.cluster.url", new ClusterAddressFormat())
          .variable("REDIS_CLUSTER_NODES", "DATABASE_REDIS_CLUSTER_NODES")
          .flag("--broker")
          .secret()
          .says(
              "redis+cluster://user:password@host:port,host:port, or rediss+cluster:// with TLS;"
                  + " some",
              "servers of a cluster of Redis, which tell the others. Or only host:port, several",
              "separated by commas. The other keys of the section say the same one by one; a URL"
                  + " of",
              "the same source wins.");

  private static final Setting<String> NODE_HOST =
      Setting.inGroup("host", Formats.text("a host"), "").required().says("A server's host.");

  private static final Setting<Integer> NODE_PORT =
      Setting.inGroup("port", Formats.wholeNumber(1, 65_535), "")
          .defaultsTo(RedisAddress.PORT)
          .says("A server's port.");

  static final Setting<List<Configuration>> NODES =
      Setting.of(
              "database.redis.cluster.nodes",
              new GroupsFormat("server", List.of(NODE_HOST, NODE_PORT)))
          .defaultsTo(List.of())
          .variable("SOKETI_DB_REDIS_CLUSTER_NODES")
          .says(
              "Some servers of the cluster, if there is no URL; without both, the one of this",
              "machine.");

  static final Setting<String> USERNAME =
      Setting.of("database.redis.cluster.username", Formats.text("a user"))
          .variable("DATABASE_REDIS_CLUSTER_USERNAME")
          .says("The user of all servers; the default user if there is only a password.");

  static final Setting<String> PASSWORD =
      Setting.of("database.redis.cluster.password", SecretFormats.text("a password"))
          .variable("DATABASE_REDIS_CLUSTER_PASSWORD")
          .secret()
          .says("The user's password, where the URL has none.");

  static final Setting<Boolean> TLS =
      Setting.of("database.redis.cluster.use_tls", Formats.flag())
          .defaultsTo(false)
          .variable("DATABASE_REDIS_CLUSTER_USE_TLS")
          .says(
              "Whether to speak TLS; rediss+cluster:// in a URL says the same.",
              "database.redis.tls.* has the files.");

  static final Setting<PubSub> PUB_SUB =
      Setting.of("database.redis.cluster.pubsub", Formats.oneOf(PubSub.class))
          .defaultsTo(PubSub.SHARDED)
          .says(
              "sharded: a message stays with the servers of its channel's slot, from Redis 7 on;",
              "classic: each server passes each message on to all others. All nodes need the"
                  + " same.");

  static final List<Setting<?>> ALL = List.of(URL, USERNAME, PASSWORD, TLS, PUB_SUB, NODES);

  private ClusterSettings() {}

  static void check(Configuration values, List<Problem> problems) {
    boolean hasUrl = values.find(URL).isPresent();
    if (hasUrl && values.isGiven(NODES) && values.origin(NODES).isLaterThan(values.origin(URL))) {
      problems.add(
          values.problem(
              NODES, "given later than database.redis.cluster.url (expected: one of the two)"));
    }
    if (values.find(USERNAME).isPresent() && values.find(PASSWORD).isEmpty()) {
      problems.add(
          values.problem(
              USERNAME, "without a password (expected: database.redis.cluster.password)"));
    }
    if ((hasUrl || values.isGiven(NODES)) && values.get(RedisSettings.PREFIX).matches(".*[{}].*")) {
      problems.add(
          values.problem(
              RedisSettings.PREFIX,
              "\"%s\" (expected: no braces; they would put all channels into one slot)"
                  .formatted(values.get(RedisSettings.PREFIX))));
    }
  }

  /**
   * How a node uses the cluster.
   *
   * @param cluster the name of the nodes' own cluster
   * @param node the node's label
   */
  static RedisConfig config(Configuration values, String cluster, String node) {
    return RedisSettings.config(values, address(values), cluster, node);
  }

  private static RedisAddress address(Configuration values) {
    Login login = new Login(values.find(USERNAME).orElse(null), values.find(PASSWORD).orElse(null));
    List<Host> nodes =
        values.get(NODES).stream()
            .map(one -> new Host(one.get(NODE_HOST), one.get(NODE_PORT)))
            .toList();
    RedisAddress url =
        values
            .find(URL)
            .orElseGet(
                () ->
                    RedisAddress.ofCluster(
                        false,
                        nodes.isEmpty() ? List.of(new Host("127.0.0.1", RedisAddress.PORT)) : nodes,
                        Login.NONE));
    return new RedisAddress(
        url.tls() || values.get(TLS),
        url.hosts(),
        null,
        url.login().equals(Login.NONE) ? login : url.login(),
        Login.NONE,
        0,
        values.get(PUB_SUB));
  }
}
