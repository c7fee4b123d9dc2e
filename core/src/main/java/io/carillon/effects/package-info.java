/**
 * Tells the outside of the cluster what happens to channels: each change once, by one node of the
 * cluster, although every node sees it.
 */
@NullMarked
package io.carillon.effects;

import org.jspecify.annotations.NullMarked;
