package io.carillon.conformance.load;

import java.util.List;
import java.util.Set;

/**
 * What one client heard.
 *
 * @param name the client's
 * @param kind what its numbers are added up with
 * @param node the number of its node
 * @param topics what it was subscribed to
 * @param present the time in which nothing may be missing
 * @param heard ids of messages, in the order in which they came
 */
public record Account(
    String name, String kind, int node, Set<String> topics, Window present, List<Integer> heard) {}
