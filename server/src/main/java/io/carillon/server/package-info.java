/** A node as a whole: its configuration, its composition root and its health. */
@NullMarked
package io.carillon.server;

import org.jspecify.annotations.NullMarked;
