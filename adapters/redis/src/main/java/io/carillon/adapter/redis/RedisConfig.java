package io.carillon.adapter.redis;

import io.carillon.adapter.kit.PublishLimits;
import io.carillon.adapter.kit.TlsFiles;
import io.carillon.broker.PlainChannel;
import io.carillon.part.BrokerUri.Host;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
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
 * @param slotsEvery how long after an answer a node asks the masters of a cluster for their slots
 *     again
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
    Duration slotsEvery,
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
        Duration.ofSeconds(2),
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        PublishLimits.DEFAULT,
        List.of(),
        UnaryOperator.identity());
  }

  RedisConfig withAddress(RedisAddress other) {
    return changed(draft -> draft.address = other);
  }

  RedisConfig withPrefix(String other) {
    return changed(draft -> draft.prefix = other);
  }

  RedisConfig withTls(TlsFiles other) {
    return changed(draft -> draft.tls = other);
  }

  RedisConfig withPubSub(PubSub other) {
    return withAddress(address.withPubSub(other));
  }

  RedisConfig withTimeout(Duration other) {
    return changed(draft -> draft.timeout = other);
  }

  RedisConfig withSlotsEvery(Duration other) {
    return changed(draft -> draft.slotsEvery = other);
  }

  RedisConfig withPlainChannels(List<PlainChannel> other) {
    return changed(draft -> draft.plainChannels = other);
  }

  RedisConfig withRoute(UnaryOperator<Host> other) {
    return changed(draft -> draft.route = other);
  }

  private RedisConfig changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new RedisConfig(
        draft.address,
        draft.tls,
        draft.prefix,
        cluster,
        node,
        draft.timeout,
        draft.slotsEvery,
        backoffMin,
        backoffMax,
        publishing,
        draft.plainChannels,
        draft.route);
  }

  /** The components that a changed configuration may have otherwise. */
  private static final class Draft {
    RedisAddress address;
    TlsFiles tls;
    String prefix;
    Duration timeout;
    Duration slotsEvery;
    List<PlainChannel> plainChannels;
    UnaryOperator<Host> route;

    Draft(RedisConfig from) {
      address = from.address;
      tls = from.tls;
      prefix = from.prefix;
      timeout = from.timeout;
      slotsEvery = from.slotsEvery;
      plainChannels = from.plainChannels;
      route = from.route;
    }
  }
}
