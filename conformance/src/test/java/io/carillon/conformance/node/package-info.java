/**
 * Node processes and commands of {@code bin/carillon}, and what a node logs and answers when it
 * starts.
 */
@NullMarked
package io.carillon.conformance.node;

import org.jspecify.annotations.NullMarked;
