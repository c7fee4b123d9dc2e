@NullMarked
package io.carillon.benchmark.balancer;

import org.jspecify.annotations.NullMarked;
