package io.carillon.part;

import io.carillon.broker.ForeignForm;
import io.carillon.broker.PlainChannel;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The values that a node gives to its broker.
 *
 * @param cluster the cluster's name in every envelope; messages of other clusters are ignored
 * @param node this node's label, for people
 * @param foreignForm the form of another server whose nodes share the broker; null for none
 * @param nanoClock monotonic, in nanoseconds
 * @param clock the wall's
 * @param random for pauses between attempts
 * @param plainChannels channels that other programs share, by names of the broker. A driver without
 *     plain channels carries them as any other channel, between Carillon's nodes alone
 */
public record BrokerContext(
    String cluster,
    String node,
    @Nullable ForeignForm foreignForm,
    LongSupplier nanoClock,
    InstantSource clock,
    RandomGenerator random,
    List<PlainChannel> plainChannels) {

  public BrokerContext {
    plainChannels = List.copyOf(plainChannels);
  }

  /** A context without plain channels. */
  public BrokerContext(
      String cluster,
      String node,
      @Nullable ForeignForm foreignForm,
      LongSupplier nanoClock,
      InstantSource clock,
      RandomGenerator random) {
    this(cluster, node, foreignForm, nanoClock, clock, random, List.of());
  }
}
