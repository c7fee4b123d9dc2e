@NullMarked
package io.carillon.benchmark.view;

import org.jspecify.annotations.NullMarked;
