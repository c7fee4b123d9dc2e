/** The end of a node, with its clients sent elsewhere. */
@NullMarked
package io.carillon.conformance.drain;

import org.jspecify.annotations.NullMarked;
