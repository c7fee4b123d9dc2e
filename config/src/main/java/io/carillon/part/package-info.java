/**
 * What a node is put together of: {@link io.carillon.part.BrokerDriver}s, one for each kind of
 * broker, and {@link io.carillon.part.FrontEndType}s, one for each protocol. A part brings its
 * settings, their rules and whatever else a node and its commands need to know of it, so that
 * neither names it.
 */
@NullMarked
package io.carillon.part;

import org.jspecify.annotations.NullMarked;
