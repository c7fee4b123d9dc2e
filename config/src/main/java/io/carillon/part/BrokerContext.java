package io.carillon.part;

import io.carillon.broker.ForeignForm;
import java.time.InstantSource;
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
 */
public record BrokerContext(
    String cluster,
    String node,
    @Nullable ForeignForm foreignForm,
    LongSupplier nanoClock,
    InstantSource clock,
    RandomGenerator random) {}
