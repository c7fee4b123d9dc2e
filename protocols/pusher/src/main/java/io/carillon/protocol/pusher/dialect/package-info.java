/** The Pusher protocol as the program's commands speak it with a server. */
@NullMarked
package io.carillon.protocol.pusher.dialect;

import org.jspecify.annotations.NullMarked;
