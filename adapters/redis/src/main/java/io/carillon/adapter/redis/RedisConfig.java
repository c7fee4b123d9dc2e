package io.carillon.adapter.redis;

import io.carillon.adapter.kit.PublishLimits;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a node uses Redis.
 *
 * @param address its address
 * @param tls what TLS needs; of no use without TLS
 * @param prefix how the names of all channels in Redis begin; nodes that share it are one cluster
 * @param cluster the cluster's name in every envelope; envelopes of other clusters are dropped
 * @param node this node's label, for operators
 * @param timeout how long a connection with its handshake may take, and an answer to a subscribe
 * @param backoffMin the shortest pause before connecting again
 * @param backoffMax the longest pause before connecting again
 * @param publishing the limits of publishing
 */
record RedisConfig(
    RedisAddress address,
    Tls tls,
    String prefix,
    String cluster,
    String node,
    Duration timeout,
    Duration backoffMin,
    Duration backoffMax,
    PublishLimits publishing) {

  static final String DEFAULT_PREFIX = "carillon:";

  /** Defaults for everything except the address and the names. */
  static RedisConfig of(RedisAddress address, String cluster, String node) {
    return new RedisConfig(
        address,
        Tls.DEFAULT,
        DEFAULT_PREFIX,
        cluster,
        node,
        Duration.ofSeconds(5),
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        PublishLimits.DEFAULT);
  }

  RedisConfig withPrefix(String other) {
    return new RedisConfig(
        address, tls, other, cluster, node, timeout, backoffMin, backoffMax, publishing);
  }

  RedisConfig withTls(Tls other) {
    return new RedisConfig(
        address, other, prefix, cluster, node, timeout, backoffMin, backoffMax, publishing);
  }

  RedisConfig withTimeout(Duration other) {
    return new RedisConfig(
        address, tls, prefix, cluster, node, other, backoffMin, backoffMax, publishing);
  }

  /**
   * What TLS needs.
   *
   * @param authorities certificates (PEM) to which the server's certificate must lead; null for
   *     those of the system
   * @param certificate this node's certificate (PEM), for servers that ask for one
   * @param key the key of that certificate (PEM)
   * @param verification whether the server's certificate and host name are checked
   */
  record Tls(
      @Nullable Path authorities,
      @Nullable Path certificate,
      @Nullable Path key,
      Verification verification) {
    static final Tls DEFAULT = new Tls(null, null, null, Verification.FULL);
  }

  /** Whether the server must prove its identity. */
  enum Verification {
    /** Certificate and host name are checked. */
    FULL,
    /** The certificate is checked, the host name is not. */
    CA,
    /** Any certificate is accepted. */
    NONE
  }
}
