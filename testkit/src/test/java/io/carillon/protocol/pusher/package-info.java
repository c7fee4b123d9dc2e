/** The Pusher protocol over a hub on manual loops. */
@NullMarked
package io.carillon.protocol.pusher;

import org.jspecify.annotations.NullMarked;
