/** The hub on manual loops and a bus that misbehaves. */
@NullMarked
package io.carillon.hub;

import org.jspecify.annotations.NullMarked;
