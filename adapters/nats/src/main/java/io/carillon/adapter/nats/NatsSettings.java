package io.carillon.adapter.nats;

import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.adapter.kit.TlsSettings;
import io.carillon.adapter.nats.IdentityFile.Kind;
import io.carillon.adapter.nats.NatsAddress.Credentials;
import io.carillon.config.Configuration;
import io.carillon.config.Format;
import io.carillon.config.Formats;
import io.carillon.config.Problem;
import io.carillon.config.SecretFormats;
import io.carillon.config.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of NATS. */
public final class NatsSettings {

  private static final long MAX_PENDING = 1L << 30;

  public static final Setting<NatsAddress> SERVERS =
      Setting.of("adapter.nats.servers", new NatsAddressFormat())
          .variable("NATS_SERVERS", "NATS_URL")
          .flag("--broker")
          .secret()
          .says(
              "nats://user:password@host:port, or tls://; several servers of one cluster of NATS",
              "are a list, or separated by commas. Nodes that share a prefix are one cluster.");

  public static final Setting<String> PREFIX =
      Setting.of("adapter.nats.prefix", prefixFormat())
          .defaultsTo(NatsConfig.DEFAULT_PREFIX)
          .variable("NATS_PREFIX")
          .says("The beginning of all subjects.");

  public static final Setting<String> USERNAME =
      Setting.of("adapter.nats.username", Formats.text("a name"))
          .variable("NATS_USERNAME", "NATS_USER")
          .says("The user, where the URL names none.");

  public static final Setting<String> PASSWORD =
      Setting.of("adapter.nats.password", SecretFormats.text("a password"))
          .variable("NATS_PASSWORD")
          .secret()
          .says("The user's password, where the URL has none.");

  public static final Setting<String> TOKEN =
      Setting.of("adapter.nats.token", SecretFormats.text("a token"))
          .variable("NATS_TOKEN")
          .secret()
          .says("A token instead of a user.");

  public static final Setting<Path> NKEY_SEED_FILE =
      Setting.of(Kind.NKEY_SEED.key(), Formats.file())
          .variable("NATS_NKEY_SEED_FILE", "NATS_NKEY")
          .says("A file with the seed of the user's NKey, instead of a user and password.");

  public static final Setting<Path> CREDENTIALS_FILE =
      Setting.of(Kind.CREDENTIALS.key(), Formats.file())
          .variable("NATS_CREDENTIALS_FILE", "NATS_CREDS")
          .says(
              "A file with the user's JWT and the seed of its NKey (.creds), as nsc writes it, for",
              "servers that trust an operator. It is read for each connection.");

  public static final Setting<Duration> CONNECTION_TIMEOUT =
      Setting.of("adapter.nats.connection_timeout", Formats.duration(Duration.ofMillis(100)))
          .defaultsTo(NatsConfig.DEFAULT_TIMEOUT)
          .says("How long a connection may take to be made.");

  public static final Setting<Long> PENDING =
      Setting.of("adapter.nats.pending", Formats.size(1 << 16, MAX_PENDING))
          .defaultsTo(NatsConfig.DEFAULT_PENDING)
          .says(
              "The most bytes of publications from NATS that may wait in the node. Beyond this",
              "limit new publications are dropped, and the node reports a gap.");

  static final TlsSettings TLS = TlsSettings.below("adapter.nats.tls", "NATS");

  static final List<Setting<?>> ALL =
      List.of(
          SERVERS,
          PREFIX,
          USERNAME,
          PASSWORD,
          TOKEN,
          NKEY_SEED_FILE,
          CREDENTIALS_FILE,
          CONNECTION_TIMEOUT,
          PENDING,
          TLS.ca(),
          TLS.certificate(),
          TLS.key());

  private NatsSettings() {}

  private static Format<String> prefixFormat() {
    return Formats.made(
        "words without * and >, separated by dots",
        text -> {
          if (text.length() > NatsConfig.MAX_PREFIX || !text.matches(NatsConfig.PREFIX_PATTERN)) {
            throw new IllegalArgumentException();
          }
          return text;
        },
        Function.identity());
  }

  static void check(Configuration values, List<Problem> problems) {
    TLS.check(values, problems);
    Optional<NatsAddress> address = values.find(SERVERS);
    if (address.isPresent() && !address.get().tls() && values.find(TLS.ca()).isPresent()) {
      problems.add(
          values.problem(TLS.ca(), "given for servers without TLS (expected: tls:// in the URLs)"));
    }
    boolean user = values.find(USERNAME).isPresent();
    List<Setting<?>> proofs =
        Stream.<Setting<?>>of(USERNAME, TOKEN, NKEY_SEED_FILE, CREDENTIALS_FILE)
            .filter(proof -> values.find(proof).isPresent())
            .toList();
    if (proofs.size() > 1) {
      problems.add(
          values.problem(
              proofs.getLast(),
              "given together with %s (expected: one of them)".formatted(proofs.getFirst().key())));
    }
    if (!user && values.find(PASSWORD).isPresent()) {
      problems.add(
          values.problem(PASSWORD, "given without a user (expected: adapter.nats.username, too)"));
    }
  }

  /**
   * How a node uses NATS.
   *
   * @param cluster the cluster's name
   * @param node the node's label
   */
  static NatsConfig config(Configuration values, String cluster, String node) {
    NatsConfig usual = NatsConfig.of(values.get(SERVERS), cluster, node);
    return new NatsConfig(
        usual.address(),
        credentials(values, usual.credentials()),
        identity(values),
        TLS.files(values, Verification.FULL),
        values.get(PREFIX),
        cluster,
        node,
        values.get(CONNECTION_TIMEOUT),
        usual.backoffMin(),
        usual.backoffMax(),
        values.get(PENDING),
        usual.publishing());
  }

  private static @Nullable IdentityFile identity(Configuration values) {
    Optional<Path> seed = values.find(NKEY_SEED_FILE);
    return seed.isPresent()
        ? new IdentityFile(Kind.NKEY_SEED, seed.get())
        : values
            .find(CREDENTIALS_FILE)
            .map(file -> new IdentityFile(Kind.CREDENTIALS, file))
            .orElse(null);
  }

  /** The keys of their own count where they are given. */
  private static Credentials credentials(Configuration values, Credentials inUrl) {
    Optional<String> token = values.find(TOKEN);
    Optional<String> user = values.find(USERNAME);
    if (token.isPresent()) {
      return new Credentials("", "", token.get());
    }
    return user.isPresent()
        ? new Credentials(user.get(), values.find(PASSWORD).orElse(inUrl.password()), "")
        : inUrl;
  }
}
