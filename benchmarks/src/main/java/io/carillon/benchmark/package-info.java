/** How fast it is: programs that are run by hand, on a machine that does nothing else. */
@NullMarked
package io.carillon.benchmark;

import org.jspecify.annotations.NullMarked;
