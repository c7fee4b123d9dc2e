/** Programs that measure Carillon's speed: a person starts them, on an otherwise idle machine. */
@NullMarked
package io.carillon.benchmark;

import org.jspecify.annotations.NullMarked;
