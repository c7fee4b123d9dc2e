package io.carillon.adapter.nats;

import io.carillon.adapter.kit.PublishLimits;
import io.carillon.adapter.kit.TlsFiles;
import io.carillon.adapter.nats.NatsAddress.Credentials;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a node uses NATS.
 *
 * @param address the servers
 * @param credentials the user of the node
 * @param identity the file with the user's key; null if the credentials count
 * @param tls the files for TLS
 * @param prefix the beginning of all subjects; nodes that share it are one cluster
 * @param cluster the cluster's name in every envelope; envelopes of other clusters are dropped
 * @param node this node's label, for operators
 * @param connectionTimeout how long a connection may take to be made
 * @param backoffMin the shortest pause before connecting again
 * @param backoffMax the longest pause before connecting again
 * @param pendingBytes how many bytes of publications may wait in this node to be handled; beyond it
 *     new ones are dropped and a gap is reported
 * @param publishing the limits of publishing
 */
public record NatsConfig(
    NatsAddress address,
    Credentials credentials,
    @Nullable IdentityFile identity,
    TlsFiles tls,
    String prefix,
    String cluster,
    String node,
    Duration connectionTimeout,
    Duration backoffMin,
    Duration backoffMax,
    long pendingBytes,
    PublishLimits publishing) {

  public static final String DEFAULT_PREFIX = "carillon";

  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(3);
  static final long DEFAULT_PENDING = 64L << 20;

  /** A prefix has words without wildcards, separated by dots. */
  static final String PREFIX_PATTERN = "[!-)+,\\-/-=?-~]+(\\.[!-)+,\\-/-=?-~]+)*";

  /** A subject with a prefix of this length fits into a line of NATS' protocol by far. */
  static final int MAX_PREFIX = 100;

  public NatsConfig {
    if (prefix.length() > MAX_PREFIX || !prefix.matches(PREFIX_PATTERN)) {
      throw new IllegalArgumentException(
          "prefix: \"%s\" (expected: words without * and >, separated by dots, at most %d bytes)"
              .formatted(prefix, MAX_PREFIX));
    }
    if (connectionTimeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "connection timeout: " + connectionTimeout + " (expected: at least 1 ms)");
    }
    if (pendingBytes < 1) {
      throw new IllegalArgumentException("pending bytes: " + pendingBytes + " (expected: > 0)");
    }
  }

  /** Defaults for everything except the address and the names. */
  public static NatsConfig of(NatsAddress address, String cluster, String node) {
    return new NatsConfig(
        address,
        address.credentials(),
        null,
        TlsFiles.NONE,
        DEFAULT_PREFIX,
        cluster,
        node,
        DEFAULT_TIMEOUT,
        Duration.ofMillis(100),
        Duration.ofSeconds(5),
        DEFAULT_PENDING,
        PublishLimits.DEFAULT);
  }

  /** The same configuration with another prefix. */
  public NatsConfig withPrefix(String newPrefix) {
    return new NatsConfig(
        address,
        credentials,
        identity,
        tls,
        newPrefix,
        cluster,
        node,
        connectionTimeout,
        backoffMin,
        backoffMax,
        pendingBytes,
        publishing);
  }

  /** The same configuration with a file that proves the user's identity. */
  NatsConfig withIdentity(IdentityFile file) {
    return new NatsConfig(
        address,
        Credentials.NONE,
        file,
        tls,
        prefix,
        cluster,
        node,
        connectionTimeout,
        backoffMin,
        backoffMax,
        pendingBytes,
        publishing);
  }

  /** The same configuration with other files for TLS. */
  public NatsConfig withTls(TlsFiles files) {
    return new NatsConfig(
        address,
        credentials,
        identity,
        files,
        prefix,
        cluster,
        node,
        connectionTimeout,
        backoffMin,
        backoffMax,
        pendingBytes,
        publishing);
  }

  /** The same configuration with another time that a connection may take. */
  public NatsConfig withConnectionTimeout(Duration timeout) {
    return new NatsConfig(
        address,
        credentials,
        identity,
        tls,
        prefix,
        cluster,
        node,
        timeout,
        backoffMin,
        backoffMax,
        pendingBytes,
        publishing);
  }

  /** The same configuration with another limit of publications that wait in this node. */
  public NatsConfig withPending(long bytes) {
    return new NatsConfig(
        address,
        credentials,
        identity,
        tls,
        prefix,
        cluster,
        node,
        connectionTimeout,
        backoffMin,
        backoffMax,
        bytes,
        publishing);
  }
}
