/** Nodes over Redis. */
@NullMarked
package io.carillon.conformance.redis;

import org.jspecify.annotations.NullMarked;
