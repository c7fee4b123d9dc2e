/** Tests of the tutorial protocol. */
@NullMarked
package io.carillon.protocol.tutorial;

import org.jspecify.annotations.NullMarked;
