package io.carillon.protocol;

import io.carillon.http.PathPrefix;
import io.carillon.hub.Hub;
import io.carillon.hub.LastPublications;
import io.carillon.message.Channel;
import io.carillon.presence.Presence;
import io.carillon.view.Tallies;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The values that a node gives to a front end.
 *
 * @param hub the node's hub; not started yet
 * @param presence the rosters of the hub's channels
 * @param tallies the numbers that nodes share
 * @param memory the publications that the hub remembers
 * @param prefix the prefix of the node's paths
 * @param publishUnavailable why backends can't publish now, in a few words; empty if they can try.
 *     Any thread
 * @param viewAge how old the node's view of the cluster is; zero while it is up to date. Any thread
 * @param closed the channels that other front ends have closed to this one. Any thread
 */
public record FrontEndContext(
    Hub hub,
    Presence presence,
    Tallies tallies,
    LastPublications memory,
    PathPrefix prefix,
    Supplier<Optional<String>> publishUnavailable,
    Supplier<Duration> viewAge,
    Predicate<Channel> closed) {}
