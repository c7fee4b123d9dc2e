/**
 * The cost of single parts, in time and in allocated bytes: JMH benchmarks. Benchmarks of
 * package-private classes lie in packages of the same name.
 */
@NullMarked
package io.carillon.benchmark.micro;

import org.jspecify.annotations.NullMarked;
