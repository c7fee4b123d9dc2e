@NullMarked
package io.carillon.metrics;

import org.jspecify.annotations.NullMarked;
