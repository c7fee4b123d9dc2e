/** Several nodes that share one broker, and messages that cross from node to node. */
@NullMarked
package io.carillon.conformance.cluster;

import org.jspecify.annotations.NullMarked;
