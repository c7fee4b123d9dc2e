/** The cost of the cluster view: measurements, and the page that shows them. */
@NullMarked
package io.carillon.benchmark.view;

import org.jspecify.annotations.NullMarked;
