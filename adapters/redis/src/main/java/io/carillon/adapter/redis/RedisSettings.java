package io.carillon.adapter.redis;

import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.adapter.kit.TlsSettings;
import io.carillon.adapter.redis.RedisAddress.Login;
import io.carillon.config.Configuration;
import io.carillon.config.Format;
import io.carillon.config.Formats;
import io.carillon.config.GroupsFormat;
import io.carillon.config.Problem;
import io.carillon.config.SecretFormats;
import io.carillon.config.Setting;
import io.carillon.part.BrokerUri.Host;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of Redis. */
final class RedisSettings {

  private static final Format<Integer> PORTS = Formats.wholeNumber(1, 65_535);

  static final Setting<RedisAddress> URL =
      Setting.of("database.redis.url", new RedisAddressFormat())
          .alias("adapter.redis.url")
          .variable("REDIS_URL")
          .flag("--broker")
          .inHelp()
          .secret()
          .says(
              "redis://user:password@host:port, rediss:// with TLS, or with sentinels",
              "redis+sentinel://user:password@host:port,host:port/master. The other keys of the",
              "section say the same one by one; a URL of the same source wins.");

  static final Setting<String> HOST =
      Setting.of("database.redis.host", Formats.text("a host"))
          .defaultsTo("127.0.0.1")
          .variable("DATABASE_REDIS_HOST", "SOKETI_DB_REDIS_HOST")
          .says("The host, if there is no URL and there are no sentinels.");

  static final Setting<Integer> PORT =
      Setting.of("database.redis.port", PORTS)
          .defaultsTo(RedisAddress.PORT)
          .variable("DATABASE_REDIS_PORT", "SOKETI_DB_REDIS_PORT")
          .says("Its port.");

  static final Setting<String> USERNAME =
      Setting.of("database.redis.username", Formats.text("a user"))
          .variable("DATABASE_REDIS_USERNAME", "SOKETI_DB_REDIS_USERNAME")
          .says("The user; the default user if there is only a password.");

  static final Setting<String> PASSWORD =
      Setting.of("database.redis.password", SecretFormats.text("a password"))
          .variable("DATABASE_REDIS_PASSWORD", "SOKETI_DB_REDIS_PASSWORD")
          .secret()
          .says("The user's password.");

  static final Setting<Integer> DATABASE =
      Setting.of("database.redis.db", Formats.wholeNumber(0, 999_999))
          .defaultsTo(0)
          .variable("DATABASE_REDIS_DB", "SOKETI_DB_REDIS_DB")
          .says("The number of the database. Messages between nodes don't depend on it.");

  private static final Setting<String> SENTINEL_HOST =
      Setting.inGroup("host", Formats.text("a host"), "").required().says("A sentinel's host.");

  private static final Setting<Integer> SENTINEL_PORT =
      Setting.inGroup("port", PORTS, "")
          .defaultsTo(RedisAddress.SENTINEL_PORT)
          .says("A sentinel's port.");

  static final Setting<List<Configuration>> SENTINELS =
      Setting.of(
              "database.redis.sentinels",
              new GroupsFormat("sentinel", List.of(SENTINEL_HOST, SENTINEL_PORT)))
          .defaultsTo(List.of())
          .variable("DATABASE_REDIS_SENTINELS", "SOKETI_DB_REDIS_SENTINELS")
          .says("The sentinels; they tell which server is the master.");

  static final Setting<String> NAME =
      Setting.of("database.redis.name", Formats.text("a name"))
          .defaultsTo(RedisAddress.DEFAULT_MASTER)
          .variable("DATABASE_REDIS_NAME", "SOKETI_DB_REDIS_INSTANCE_NAME")
          .says("The name under which the sentinels know the master.");

  static final Setting<String> SENTINEL_USERNAME =
      Setting.of("database.redis.sentinel_username", Formats.text("a user"))
          .variable("DATABASE_REDIS_SENTINEL_USERNAME")
          .says("The user of the sentinels.");

  static final Setting<String> SENTINEL_PASSWORD =
      Setting.of("database.redis.sentinel_password", SecretFormats.text("a password"))
          .variable("DATABASE_REDIS_SENTINEL_PASSWORD", "SOKETI_DB_REDIS_SENTINEL_PASSWORD")
          .secret()
          .says("The password of the sentinels, if they have one.");

  static final Setting<Boolean> TLS =
      Setting.of("database.redis.tls.enabled", Formats.flag())
          .defaultsTo(false)
          .says("Whether to speak TLS, with the sentinels too; rediss:// in a URL says the same.");

  static final TlsSettings TLS_FILES =
      TlsSettings.of(
          "Redis",
          "database.redis.tls.ca_path",
          "database.redis.tls.client_cert_path",
          "database.redis.tls.client_key_path");

  static final Setting<Verification> VERIFY =
      Setting.of("database.redis.tls.verify", Formats.oneOf(Verification.class))
          .defaultsTo(Verification.FULL)
          .says(
              "full: the server's certificate and its host name are checked; ca: the certificate",
              "is; none: nothing is, so anybody on the way can read the password.");

  static final Setting<String> PREFIX =
      Setting.of("adapter.redis.prefix", Formats.text("a name"))
          .defaultsTo(RedisConfig.DEFAULT_PREFIX)
          .variable("SOKETI_ADAPTER_REDIS_PREFIX")
          .says(
              "How the names of all channels in Redis begin. Nodes that share a Redis and a prefix",
              "are one cluster.");

  static final List<Setting<?>> ALL =
      List.of(
          PREFIX,
          URL,
          HOST,
          PORT,
          USERNAME,
          PASSWORD,
          DATABASE,
          SENTINELS,
          NAME,
          SENTINEL_USERNAME,
          SENTINEL_PASSWORD,
          TLS,
          TLS_FILES.ca(),
          TLS_FILES.certificate(),
          TLS_FILES.key(),
          VERIFY);

  private RedisSettings() {}

  static void check(Configuration values, List<Problem> problems) {
    if (values.find(URL).isPresent()) {
      for (Setting<?> other : List.of(HOST, PORT, SENTINELS, USERNAME, PASSWORD)) {
        if (values.isGiven(other) && values.origin(other).isLaterThan(values.origin(URL))) {
          problems.add(
              values.problem(
                  other, "given later than database.redis.url (expected: one of the two)"));
        }
      }
    }
    if (values.find(USERNAME).isPresent() && values.find(PASSWORD).isEmpty()) {
      problems.add(
          values.problem(USERNAME, "without a password (expected: database.redis.password)"));
    }
    if (values.find(SENTINEL_USERNAME).isPresent() && values.find(SENTINEL_PASSWORD).isEmpty()) {
      problems.add(
          values.problem(
              SENTINEL_USERNAME,
              "without a password (expected: database.redis.sentinel_password)"));
    }
    TLS_FILES.check(values, problems);
    String prefix = values.get(PREFIX);
    if (prefix.length() > 200 || !prefix.matches("[!-~]+")) {
      problems.add(
          values.problem(
              PREFIX,
              "\"%s\" (expected: at most 200 characters of printable ASCII without spaces)"
                  .formatted(prefix)));
    }
  }

  /**
   * How a node uses Redis.
   *
   * @param cluster the cluster's name
   * @param node the node's label
   */
  static RedisConfig config(Configuration values, String cluster, String node) {
    return config(values, address(values), cluster, node);
  }

  /** The same with another address. */
  static RedisConfig config(
      Configuration values, RedisAddress address, String cluster, String node) {
    return RedisConfig.of(address, cluster, node)
        .withPrefix(values.get(PREFIX))
        .withTls(TLS_FILES.files(values, values.get(VERIFY)));
  }

  private static RedisAddress address(Configuration values) {
    Login ofSentinels = login(values, SENTINEL_USERNAME, SENTINEL_PASSWORD);
    RedisAddress url = values.find(URL).orElse(null);
    if (url != null) {
      return url.withSentinelLogin(ofSentinels);
    }
    List<Host> sentinels =
        values.get(SENTINELS).stream()
            .map(one -> new Host(one.get(SENTINEL_HOST), one.get(SENTINEL_PORT)))
            .toList();
    @Nullable String master = sentinels.isEmpty() ? null : values.get(NAME);
    return new RedisAddress(
        values.get(TLS),
        master == null ? List.of(new Host(values.get(HOST), values.get(PORT))) : sentinels,
        master,
        login(values, USERNAME, PASSWORD),
        ofSentinels,
        values.get(DATABASE));
  }

  private static Login login(Configuration values, Setting<String> user, Setting<String> password) {
    return new Login(values.find(user).orElse(null), values.find(password).orElse(null));
  }
}
