package io.carillon.protocol;

import io.carillon.http.PathPrefix;
import io.carillon.hub.Hub;
import io.carillon.hub.LastPublications;
import io.carillon.message.Channel;
import io.carillon.presence.Presence;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The parts of a node that a front end works with.
 *
 * @param hub not started yet
 * @param presence the hub's
 * @param memory what the hub remembers
 * @param prefix what the node's paths begin with
 * @param publishUnavailable why backends can't publish just now, in a few words; nothing when they
 *     can try. Any thread
 * @param closed the channels that other front ends have closed to this one. Any thread
 */
public record NodeParts(
    Hub hub,
    Presence presence,
    LastPublications memory,
    PathPrefix prefix,
    Supplier<Optional<String>> publishUnavailable,
    Predicate<Channel> closed) {}
