package io.carillon.adapter.redis;

import io.carillon.adapter.kit.PublishLimits;
import io.carillon.adapter.kit.TlsFiles;
import io.carillon.broker.PlainChannel;
import io.carillon.part.BrokerUri.Host;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How a node uses Redis.
 *
 * @param address its address
 * @param tls the files and checks of TLS; of no use without TLS
 * @param prefix how the names of all channels in Redis begin; nodes that share it are one cluster
 * @param cluster the cluster's name in every envelope; envelopes of other clusters are dropped
 * @param node this node's label, for operators
 * @param timeout how long a connection with its handshake may take, and an answer to a subscribe
 * @param backoffMin the shortest pause before connecting again
 * @param backoffMax the longest pause before connecting again
 * @param publishing the limits of publishing
 * @param plainChannels the channels that other programs share, without envelopes
 * @param route where to connect in place of an address that a cluster of Redis tells
 */
record RedisConfig(
    RedisAddress address,
    TlsFiles tls,
    String prefix,
    String cluster,
    String node,
    Duration timeout,
    Duration backoffMin,
    Duration backoffMax,
    PublishLimits publishing,
    List<PlainChannel> plainChannels,
    UnaryOperator<Host> route) {

  RedisConfig {
    plainChannels = List.copyOf(plainChannels);
  }

  static final String DEFAULT_PREFIX = "carillon:";

  /** Defaults for everything except the address and the names. */
  static RedisConfig of(RedisAddress address, String cluster, String node) {
    return new RedisConfig(
        address,
        TlsFiles.NONE,
        DEFAULT_PREFIX,
        cluster,
        node,
        Duration.ofSeconds(5),
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        PublishLimits.DEFAULT,
        List.of(),
        UnaryOperator.identity());
  }

  RedisConfig withPrefix(String other) {
    return new RedisConfig(
        address,
        tls,
        other,
        cluster,
        node,
        timeout,
        backoffMin,
        backoffMax,
        publishing,
        plainChannels,
        route);
  }

  RedisConfig withTls(TlsFiles other) {
    return new RedisConfig(
        address,
        other,
        prefix,
        cluster,
        node,
        timeout,
        backoffMin,
        backoffMax,
        publishing,
        plainChannels,
        route);
  }

  RedisConfig withPubSub(PubSub other) {
    return new RedisConfig(
        address.withPubSub(other),
        tls,
        prefix,
        cluster,
        node,
        timeout,
        backoffMin,
        backoffMax,
        publishing,
        plainChannels,
        route);
  }

  RedisConfig withTimeout(Duration other) {
    return new RedisConfig(
        address,
        tls,
        prefix,
        cluster,
        node,
        other,
        backoffMin,
        backoffMax,
        publishing,
        plainChannels,
        route);
  }

  RedisConfig withPlainChannels(List<PlainChannel> other) {
    return new RedisConfig(
        address,
        tls,
        prefix,
        cluster,
        node,
        timeout,
        backoffMin,
        backoffMax,
        publishing,
        other,
        route);
  }

  RedisConfig withRoute(UnaryOperator<Host> other) {
    return new RedisConfig(
        address,
        tls,
        prefix,
        cluster,
        node,
        timeout,
        backoffMin,
        backoffMax,
        publishing,
        plainChannels,
        other);
  }
}
