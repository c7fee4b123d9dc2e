package io.carillon.conformance.load;

import java.util.List;
import java.util.Set;

/**
 * What one client received.
 *
 * @param name the client's name
 * @param kind the group in which its numbers are added up
 * @param node the number of its node
 * @param topics its subscriptions
 * @param present the time in which it must miss nothing
 * @param heard the ids of received messages, in order
 */
public record Account(
    String name, String kind, int node, Set<String> topics, Window present, List<Integer> heard) {}
