/**
 * The Pusher HTTP API (<a
 * href="https://pusher.com/docs/channels/library_auth_reference/rest-api/">Pusher's
 * description</a>): what backends ask of a node in an app's name. {@code PusherApi} lets a request
 * in, {@code EventsResource}, {@code ChannelsResource} and {@code UsersResource} answer it.
 */
@NullMarked
package io.carillon.protocol.pusher.api;

import org.jspecify.annotations.NullMarked;
