/** The Pusher protocol as a part of a node: its front end, its memory and its tab of the page. */
@NullMarked
package io.carillon.protocol.pusher.frontend;

import org.jspecify.annotations.NullMarked;
