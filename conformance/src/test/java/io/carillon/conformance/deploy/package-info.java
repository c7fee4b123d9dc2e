/**
 * What operators install: archives, the image, the compose file, the unit, and the guide to all of
 * it.
 */
@NullMarked
package io.carillon.conformance.deploy;

import org.jspecify.annotations.NullMarked;
