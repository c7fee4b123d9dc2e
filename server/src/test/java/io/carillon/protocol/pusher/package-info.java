/** The targets of Jazzer in the Pusher protocol. */
@NullMarked
package io.carillon.protocol.pusher;

import org.jspecify.annotations.NullMarked;
