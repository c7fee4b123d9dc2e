/**
 * The parts of a node: {@link io.carillon.part.BrokerDriver}s, one for each kind of broker, and
 * {@link io.carillon.part.FrontEndType}s, one for each protocol. A part brings its settings, their
 * rules and everything else that a node and its commands need to know about it, so that neither
 * names the part.
 */
@NullMarked
package io.carillon.part;

import org.jspecify.annotations.NullMarked;
