/**
 * The Pusher protocol, version 7 (<a
 * href="https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/">Pusher's
 * description</a>): the names and kinds of channels, the signatures, and a client's conversation.
 */
@NullMarked
package io.carillon.protocol.pusher;

import org.jspecify.annotations.NullMarked;
