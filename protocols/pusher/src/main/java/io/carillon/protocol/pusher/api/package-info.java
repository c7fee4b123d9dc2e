/**
 * The Pusher HTTP API (<a
 * href="https://pusher.com/docs/channels/library_auth_reference/rest-api/">Pusher's
 * description</a>): requests of backends on behalf of an app. {@code PusherApi} accepts a request,
 * {@code EventsResource}, {@code ChannelsResource} and {@code UsersResource} answer it.
 */
@NullMarked
package io.carillon.protocol.pusher.api;

import org.jspecify.annotations.NullMarked;
