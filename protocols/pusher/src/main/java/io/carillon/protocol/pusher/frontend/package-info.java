/**
 * The Pusher protocol as a part of a node: its settings, its front end, the memory of its cache
 * channels, and its tab of the page.
 */
@NullMarked
package io.carillon.protocol.pusher.frontend;

import org.jspecify.annotations.NullMarked;
