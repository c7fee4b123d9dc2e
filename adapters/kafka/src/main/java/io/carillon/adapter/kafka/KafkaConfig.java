package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.PublishLimits;
import java.time.Duration;

/**
 * How a node uses Kafka.
 *
 * @param address some brokers of the cluster
 * @param security the user of the node, and TLS
 * @param prefix the beginning of all topics; nodes that share it are one cluster
 * @param cluster the cluster's name in every envelope; envelopes of other clusters are dropped
 * @param node this node's label, for operators
 * @param requestTimeout how long a request to a broker may stay unanswered
 * @param creation how topics that are not there are created
 * @param replay how far back publications are read that were missed in an outage
 * @param backoffMin the shortest pause before connecting again
 * @param backoffMax the longest pause before connecting again
 * @param publishing the limits of publishing
 */
public record KafkaConfig(
    KafkaAddress address,
    Security security,
    String prefix,
    String cluster,
    String node,
    Duration requestTimeout,
    TopicCreation creation,
    Duration replay,
    Duration backoffMin,
    Duration backoffMax,
    PublishLimits publishing) {

  public static final String DEFAULT_PREFIX = "carillon";

  /** A subscriber that has waited for longer has other means: it asks for the state again. */
  public static final Duration DEFAULT_REPLAY = Duration.ofSeconds(30);

  static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(3);

  /** The characters of a topic's name. */
  static final String PREFIX_PATTERN = "[a-zA-Z0-9._-]+";

  /** A topic's name has at most 249 characters. */
  static final int MAX_PREFIX = 200;

  public KafkaConfig {
    if (prefix.length() > MAX_PREFIX || !prefix.matches(PREFIX_PATTERN)) {
      throw new IllegalArgumentException(
          "prefix: \"%s\" (expected: letters, digits, dots, _ and -, at most %d)"
              .formatted(prefix, MAX_PREFIX));
    }
    if (requestTimeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "request timeout: " + requestTimeout + " (expected: at least 1 ms)");
    }
    if (replay.isNegative()) {
      throw new IllegalArgumentException("replay: " + replay + " (expected: not negative)");
    }
  }

  /** Defaults for everything except the address and the names. */
  public static KafkaConfig of(KafkaAddress address, String cluster, String node) {
    return new KafkaConfig(
        address,
        Security.of(address),
        DEFAULT_PREFIX,
        cluster,
        node,
        DEFAULT_REQUEST_TIMEOUT,
        TopicCreation.DEFAULT,
        DEFAULT_REPLAY,
        Duration.ofMillis(100),
        Duration.ofSeconds(5),
        PublishLimits.DEFAULT);
  }

  /** The same configuration with another prefix. */
  public KafkaConfig withPrefix(String newPrefix) {
    return new KafkaConfig(
        address,
        security,
        newPrefix,
        cluster,
        node,
        requestTimeout,
        creation,
        replay,
        backoffMin,
        backoffMax,
        publishing);
  }

  /** The same configuration with another user or other files for TLS. */
  public KafkaConfig withSecurity(Security other) {
    return new KafkaConfig(
        address,
        other,
        prefix,
        cluster,
        node,
        requestTimeout,
        creation,
        replay,
        backoffMin,
        backoffMax,
        publishing);
  }

  /** The same configuration with another bound of what is read after an outage. */
  public KafkaConfig withReplay(Duration bound) {
    return new KafkaConfig(
        address,
        security,
        prefix,
        cluster,
        node,
        requestTimeout,
        creation,
        bound,
        backoffMin,
        backoffMax,
        publishing);
  }
}
