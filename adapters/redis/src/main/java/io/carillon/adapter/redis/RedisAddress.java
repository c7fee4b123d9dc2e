package io.carillon.adapter.redis;

import io.carillon.part.BrokerUri;
import io.carillon.part.BrokerUri.Host;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, and how to log in. No password shows in {@link #toString()} or in any error.
 *
 * @param tls whether to speak TLS, with the sentinels too
 * @param hosts the server, or the sentinels, or some servers of a cluster
 * @param master the name under which sentinels know the master; null without sentinels
 * @param login the user of the server
 * @param sentinelLogin the user of the sentinels
 * @param database the number of the database; pub/sub doesn't depend on it
 * @param pubSub how messages go through a cluster of Redis; null if the address is not a cluster's
 */
record RedisAddress(
    boolean tls,
    List<Host> hosts,
    @Nullable String master,
    Login login,
    Login sentinelLogin,
    int database,
    @Nullable PubSub pubSub) {

  static final int PORT = 6379;
  static final int SENTINEL_PORT = 26379;
  static final String DEFAULT_MASTER = "mymaster";
  static final List<String> SCHEMES =
      List.of("redis", "rediss", "redis+sentinel", "rediss+sentinel");

  static final List<String> CLUSTER_SCHEMES = List.of("redis+cluster", "rediss+cluster");

  private static final List<String> IN_CLUSTER =
      List.of("redis+cluster", "rediss+cluster", "redis", "rediss");

  private static final String SENTINEL = "+sentinel";
  private static final String CLUSTER = "+cluster";

  RedisAddress {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty() || (master == null && pubSub == null && hosts.size() > 1)) {
      throw new IllegalArgumentException(
          "%d hosts (expected: one; several with redis+sentinel:// or redis+cluster://)"
              .formatted(hosts.size()));
    }
  }

  /** The address of one server, or of sentinels. */
  RedisAddress(
      boolean tls,
      List<Host> hosts,
      @Nullable String master,
      Login login,
      Login sentinelLogin,
      int database) {
    this(tls, hosts, master, login, sentinelLogin, database, null);
  }

  /** The address of a cluster of Redis, whose messages go by sharded pub/sub. */
  static RedisAddress ofCluster(boolean tls, List<Host> hosts, Login login) {
    return new RedisAddress(tls, hosts, null, login, Login.NONE, 0, PubSub.SHARDED);
  }

  /**
   * A user of Redis.
   *
   * @param user null for the default user
   * @param password null for none
   */
  record Login(@Nullable String user, @Nullable String password) {

    static final Login NONE = new Login(null, null);

    Login {
      if (user != null && password == null) {
        throw new IllegalArgumentException(
            "a user without a password (expected: user:password@, or :password@)");
      }
    }

    @Override
    public String toString() {
      return user == null ? "default" : user;
    }
  }

  /**
   * Reads {@code redis://user:password@host:port/database}, {@code rediss://}, or {@code
   * redis+sentinel://user:password@host:port,host:port/master/database}.
   *
   * @throws IllegalArgumentException if the text can't be read; the message says what was expected
   */
  static RedisAddress parse(String text) {
    boolean sentinel = text.strip().regionMatches(true, text.strip().indexOf("+"), SENTINEL, 0, 9);
    BrokerUri uri = BrokerUri.parse(text, SCHEMES, sentinel ? SENTINEL_PORT : PORT);
    List<String> path = uri.path();
    boolean named = uri.scheme().endsWith(SENTINEL);
    int databaseAt = named ? 1 : 0;
    if (path.size() > databaseAt + 1) {
      throw new IllegalArgumentException(
          "more behind the host than %s (expected: nothing more)"
              .formatted(named ? "master/database" : "the database"));
    }
    return new RedisAddress(
        uri.scheme().startsWith("rediss"),
        uri.hosts(),
        named ? (path.isEmpty() ? DEFAULT_MASTER : path.getFirst()) : null,
        new Login(uri.user(), uri.password()),
        Login.NONE,
        path.size() > databaseAt ? database(path.get(databaseAt)) : 0);
  }

  /**
   * Reads {@code redis+cluster://user:password@host:port,host:port} or {@code rediss+cluster://},
   * or several servers, each as {@code host:port} or {@code redis://user:password@host:port}.
   *
   * @throws IllegalArgumentException if the text can't be read; the message says what was expected
   */
  static RedisAddress parseCluster(List<String> servers) {
    List<Host> hosts = new ArrayList<>();
    Login login = Login.NONE;
    boolean tls = false;
    for (String server : servers) {
      BrokerUri uri =
          BrokerUri.parse(server.contains("://") ? server : "redis://" + server, IN_CLUSTER, PORT);
      if (!uri.path().isEmpty()) {
        throw new IllegalArgumentException(
            "more behind the hosts (expected: nothing; a cluster has one database)");
      }
      hosts.addAll(uri.hosts());
      tls |= uri.scheme().startsWith("rediss");
      if (uri.password() != null) {
        login = new Login(uri.user(), uri.password());
      }
    }
    return ofCluster(tls, hosts, login);
  }

  private static int database(String text) {
    if (!text.matches("[0-9]{1,6}")) {
      throw new IllegalArgumentException(
          "database \"%s\" (expected: a number, 0 if none is given)".formatted(text));
    }
    return Integer.parseInt(text);
  }

  /** The same with the user of the sentinels. */
  RedisAddress withSentinelLogin(Login other) {
    return new RedisAddress(tls, hosts, master, login, other, database, pubSub);
  }

  /** The same with another way for messages through a cluster. */
  RedisAddress withPubSub(PubSub other) {
    return new RedisAddress(tls, hosts, master, login, sentinelLogin, database, other);
  }

  @Override
  public String toString() {
    String kind = pubSub != null ? CLUSTER : master == null ? "" : SENTINEL;
    String scheme = (tls ? "rediss" : "redis") + kind;
    return new BrokerUri(
            scheme,
            login.user(),
            login.password(),
            hosts,
            master == null ? List.of() : List.of(master))
        .toString();
  }
}
