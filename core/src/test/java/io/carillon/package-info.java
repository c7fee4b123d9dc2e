/** What the core's tests share. */
@NullMarked
package io.carillon;

import org.jspecify.annotations.NullMarked;
