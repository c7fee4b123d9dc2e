/** Tests of a node's parts, and of the shape of the whole. */
@NullMarked
package io.carillon.server;

import org.jspecify.annotations.NullMarked;
