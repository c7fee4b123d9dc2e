/**
 * The fan-out core of a node: the subscriptions, and the way from one publication to bytes on many
 * connections.
 *
 * <p>Each event loop owns one {@link io.carillon.hub.HubShard} with the connections and channels
 * that live there; nothing in it is locked. The {@link io.carillon.hub.Hub} is the node's door.
 */
@NullMarked
package io.carillon.hub;

import org.jspecify.annotations.NullMarked;
