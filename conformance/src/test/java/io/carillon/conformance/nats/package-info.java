/** Nodes whose broker is NATS. */
@NullMarked
package io.carillon.conformance.nats;

import org.jspecify.annotations.NullMarked;
