/** The Pusher protocol and its HTTP API, with Pusher's own libraries and without any. */
@NullMarked
package io.carillon.conformance.pusher;

import org.jspecify.annotations.NullMarked;
