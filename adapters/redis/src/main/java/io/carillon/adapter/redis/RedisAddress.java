package io.carillon.adapter.redis;

import io.carillon.part.BrokerUri;
import io.carillon.part.BrokerUri.Host;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, and how to log in. No password shows in {@link #toString()} or in any error.
 *
 * @param tls whether to speak TLS, with the sentinels too
 * @param hosts the server, or the sentinels
 * @param master the name under which sentinels know the master; null without sentinels
 * @param login the user of the server
 * @param sentinelLogin the user of the sentinels
 * @param database the number of the database; pub/sub doesn't depend on it
 */
record RedisAddress(
    boolean tls,
    List<Host> hosts,
    @Nullable String master,
    Login login,
    Login sentinelLogin,
    int database) {

  static final int PORT = 6379;
  static final int SENTINEL_PORT = 26379;
  static final String DEFAULT_MASTER = "mymaster";
  static final List<String> SCHEMES =
      List.of("redis", "rediss", "redis+sentinel", "rediss+sentinel");

  private static final String SENTINEL = "+sentinel";

  RedisAddress {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty() || (master == null && hosts.size() > 1)) {
      throw new IllegalArgumentException(
          "%d hosts (expected: one; several with redis+sentinel://)".formatted(hosts.size()));
    }
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

  private static int database(String text) {
    if (!text.matches("[0-9]{1,6}")) {
      throw new IllegalArgumentException(
          "database \"%s\" (expected: a number, 0 if none is given)".formatted(text));
    }
    return Integer.parseInt(text);
  }

  /** The same with the user of the sentinels. */
  RedisAddress withSentinelLogin(Login other) {
    return new RedisAddress(tls, hosts, master, login, other, database);
  }

  @Override
  public String toString() {
    String scheme = (tls ? "rediss" : "redis") + (master == null ? "" : SENTINEL);
    return new BrokerUri(
            scheme,
            login.user(),
            login.password(),
            hosts,
            master == null ? List.of() : List.of(master))
        .toString();
  }
}
