/** Checks everything that a node needs, and says what to do if something is missing. */
@NullMarked
package io.carillon.server.doctor;

import org.jspecify.annotations.NullMarked;
