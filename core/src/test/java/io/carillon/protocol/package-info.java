/** Tests of what every protocol shares. */
@NullMarked
package io.carillon.protocol;

import org.jspecify.annotations.NullMarked;
