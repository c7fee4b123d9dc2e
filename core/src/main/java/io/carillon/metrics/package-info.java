/**
 * How a part of a node tells its metrics: which ones it has, and their values at the moment at
 * which a page of them is made. No metrics library is known here.
 */
@NullMarked
package io.carillon.metrics;

import org.jspecify.annotations.NullMarked;
