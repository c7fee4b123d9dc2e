/** Tests of names and of the envelope. */
@NullMarked
package io.carillon.broker;

import org.jspecify.annotations.NullMarked;
