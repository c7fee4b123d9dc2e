/**
 * How a part of a node provides its metrics: their declarations, and their values at the moment at
 * which a page is made. This package knows no metrics library.
 */
@NullMarked
package io.carillon.metrics;

import org.jspecify.annotations.NullMarked;
