package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.TlsFiles;
import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.adapter.kit.TlsSettings;
import io.carillon.config.Configuration;
import io.carillon.config.Format;
import io.carillon.config.Formats;
import io.carillon.config.Problem;
import io.carillon.config.SecretFormats;
import io.carillon.config.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** The keys of Kafka. */
public final class KafkaSettings {

  private static final int MAX_PARTITIONS = 1_000;

  /** A fetch of a quiet topic is answered after half a second. */
  private static final Duration LEAST_TIMEOUT = Duration.ofMillis(600);

  private static final List<String> MECHANISMS = List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");

  public static final Setting<KafkaAddress> BROKERS =
      Setting.of("adapter.kafka.brokers", new KafkaAddressFormat())
          .variable("KAFKA_BROKERS", "KAFKA_URL")
          .flag("--broker")
          .secret()
          .says(
              "kafka://user:password@host:port; several brokers of one Kafka cluster are a list,"
                  + " or",
              "separated by commas. Nodes that share a prefix are one cluster.");

  public static final Setting<String> PREFIX =
      Setting.of("adapter.kafka.prefix", prefixFormat())
          .defaultsTo(KafkaConfig.DEFAULT_PREFIX)
          .variable("KAFKA_PREFIX")
          .says("The beginning of all topics.");

  public static final Setting<SecurityProtocol> SECURITY_PROTOCOL =
      Setting.of("adapter.kafka.security_protocol", protocolFormat())
          .variable("KAFKA_SECURITY_PROTOCOL")
          .says(
              "The kind of the brokers' listener. Without this key a user makes it SASL_PLAINTEXT,",
              "a file for TLS makes it SSL, and both make it SASL_SSL.");

  public static final Setting<String> SASL_MECHANISM =
      Setting.of("adapter.kafka.sasl_mechanism", mechanismFormat())
          .defaultsTo(Security.DEFAULT_MECHANISM)
          .variable("KAFKA_SASL_MECHANISM")
          .says("How the user is proved to the brokers.");

  public static final Setting<String> USERNAME =
      Setting.of("adapter.kafka.sasl_username", Formats.text("a name"))
          .variable("KAFKA_SASL_USERNAME")
          .says("The user, where the URL names none.");

  public static final Setting<String> PASSWORD =
      Setting.of("adapter.kafka.sasl_password", SecretFormats.text("a password"))
          .variable("KAFKA_SASL_PASSWORD")
          .secret()
          .says("The user's password, where the URL has none.");

  public static final Setting<Duration> REQUEST_TIMEOUT =
      Setting.of("adapter.kafka.request_timeout", timeoutFormat())
          .defaultsTo(KafkaConfig.DEFAULT_REQUEST_TIMEOUT)
          .variable("KAFKA_REQUEST_TIMEOUT_MS")
          .says("How long a request to a broker may stay unanswered before it is sent again.");

  public static final Setting<Integer> PARTITIONS =
      Setting.of("adapter.kafka.partitions", Formats.wholeNumber(1, MAX_PARTITIONS))
          .defaultsTo(TopicCreation.DEFAULT.partitions())
          .variable("KAFKA_PARTITIONS")
          .says("How many partitions a topic has that the node creates.");

  public static final Setting<Integer> REPLICATION_FACTOR =
      Setting.of("adapter.kafka.replication_factor", Formats.wholeNumber(1, Short.MAX_VALUE))
          .variable("KAFKA_REPLICATION_FACTOR")
          .says(
              "How many brokers keep a topic that the node creates. Without this key three do, or"
                  + " all",
              "brokers where there are fewer.");

  public static final Setting<Duration> RETENTION =
      Setting.of("adapter.kafka.retention", Formats.duration(Duration.ofMinutes(1)))
          .defaultsTo(TopicCreation.DEFAULT.retention())
          .says("How long Kafka keeps the records of a topic that the node creates.");

  static final TlsSettings TLS = TlsSettings.below("adapter.kafka.tls", "Kafka");

  static final List<Setting<?>> ALL =
      List.of(
          BROKERS,
          PREFIX,
          SECURITY_PROTOCOL,
          SASL_MECHANISM,
          USERNAME,
          PASSWORD,
          REQUEST_TIMEOUT,
          PARTITIONS,
          REPLICATION_FACTOR,
          RETENTION,
          TLS.ca(),
          TLS.certificate(),
          TLS.key());

  private KafkaSettings() {}

  private static Format<String> prefixFormat() {
    return Formats.made(
        "letters, digits, dots, _ and -",
        text -> {
          if (text.length() > KafkaConfig.MAX_PREFIX || !text.matches(KafkaConfig.PREFIX_PATTERN)) {
            throw new IllegalArgumentException();
          }
          return text;
        },
        Function.identity());
  }

  /** In upper case, as Kafka writes it, or in lower case, as other clients do. */
  private static Format<SecurityProtocol> protocolFormat() {
    return Formats.made(
        "one of PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL",
        text -> SecurityProtocol.valueOf(text.toUpperCase(Locale.ROOT)),
        SecurityProtocol::name);
  }

  /** A number alone is in milliseconds, as the variable's name says. */
  private static Format<Duration> timeoutFormat() {
    Format<Duration> durations = Formats.duration(LEAST_TIMEOUT);
    return Formats.made(
        durations.expectation() + ", or milliseconds",
        text -> durations.read(text.matches("[0-9]+") ? text + "ms" : text),
        durations::write);
  }

  private static Format<String> mechanismFormat() {
    return Formats.made(
        "one of " + String.join(", ", MECHANISMS),
        text -> {
          String upper = text.toUpperCase(Locale.ROOT);
          if (!MECHANISMS.contains(upper)) {
            throw new IllegalArgumentException();
          }
          return upper;
        },
        Function.identity());
  }

  static void check(Configuration values, List<Problem> problems) {
    TLS.check(values, problems);
    boolean user = values.find(USERNAME).isPresent();
    if (!user && values.find(PASSWORD).isPresent()) {
      problems.add(
          values.problem(
              PASSWORD, "given without a user (expected: adapter.kafka.sasl_username, too)"));
    }
    Optional<SecurityProtocol> protocol = values.find(SECURITY_PROTOCOL);
    if (protocol.isPresent() && !protocol.get().isTls() && values.find(TLS.ca()).isPresent()) {
      problems.add(
          values.problem(
              TLS.ca(),
              "given with a protocol without TLS (expected: SSL or SASL_SSL, or no file)"));
    }
    if (protocol.isPresent() && !protocol.get().hasUser() && user) {
      problems.add(
          values.problem(
              USERNAME,
              "given with a protocol without users (expected: SASL_PLAINTEXT or SASL_SSL, or no"
                  + " user)"));
    }
  }

  /**
   * How a node uses Kafka.
   *
   * @param cluster the cluster's name
   * @param node the node's label
   */
  static KafkaConfig config(Configuration values, String cluster, String node) {
    KafkaConfig usual = KafkaConfig.of(values.get(BROKERS), cluster, node);
    return new KafkaConfig(
        usual.address(),
        security(values, usual.address()),
        values.get(PREFIX),
        cluster,
        node,
        values.get(REQUEST_TIMEOUT),
        new TopicCreation(
            values.get(PARTITIONS),
            values.find(REPLICATION_FACTOR).map(OptionalInt::of).orElse(OptionalInt.empty()),
            values.get(RETENTION)),
        usual.replay(),
        usual.backoffMin(),
        usual.backoffMax(),
        usual.publishing());
  }

  /** The keys of their own count where they are given. */
  private static Security security(Configuration values, KafkaAddress address) {
    Optional<String> named = values.find(USERNAME);
    String user = named.orElse(address.user());
    String password =
        named.isPresent() ? values.find(PASSWORD).orElse(address.password()) : address.password();
    TlsFiles files = TLS.files(values, Verification.FULL);
    SecurityProtocol protocol =
        values.find(SECURITY_PROTOCOL).orElseGet(() -> protocol(user, files));
    return new Security(protocol, values.get(SASL_MECHANISM), user, password, files);
  }

  private static SecurityProtocol protocol(String user, TlsFiles files) {
    if (files.ca() != null || files.certificate() != null) {
      return user.isEmpty() ? SecurityProtocol.SSL : SecurityProtocol.SASL_SSL;
    }
    return user.isEmpty() ? SecurityProtocol.PLAINTEXT : SecurityProtocol.SASL_PLAINTEXT;
  }
}
