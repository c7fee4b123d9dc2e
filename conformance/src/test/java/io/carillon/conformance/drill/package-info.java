/** Faults under load, after which the sums have to close. */
@NullMarked
package io.carillon.conformance.drill;

import org.jspecify.annotations.NullMarked;
