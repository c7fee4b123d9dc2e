/** The parts of channels that the other nodes of the cluster hold. */
@NullMarked
package io.carillon.cluster;

import org.jspecify.annotations.NullMarked;
