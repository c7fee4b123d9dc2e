/**
 * Clients that are many, slow, greedy, dead or hostile, and the bounds that a node keeps against
 * them.
 */
@NullMarked
package io.carillon.conformance.limits;

import org.jspecify.annotations.NullMarked;
