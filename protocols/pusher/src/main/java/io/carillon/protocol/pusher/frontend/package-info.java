/**
 * The Pusher protocol as a part of a node: its settings, its front end, and the memory of its cache
 * channels.
 */
@NullMarked
package io.carillon.protocol.pusher.frontend;

import org.jspecify.annotations.NullMarked;
