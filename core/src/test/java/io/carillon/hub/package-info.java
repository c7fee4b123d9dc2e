/** Tests of the hub's values; those that need doubles live in the testkit. */
@NullMarked
package io.carillon.hub;

import org.jspecify.annotations.NullMarked;
