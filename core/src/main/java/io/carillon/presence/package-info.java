/**
 * Who is where: how many subscriptions a channel has, and which members. The one who knows is the
 * channel's home loop.
 */
@NullMarked
package io.carillon.presence;

import org.jspecify.annotations.NullMarked;
