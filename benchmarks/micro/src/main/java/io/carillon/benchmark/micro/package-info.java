/**
 * What single parts cost, in time and in bytes that they allocate: JMH benchmarks. Those of classes
 * that others can't see lie in packages of the same name as theirs.
 */
@NullMarked
package io.carillon.benchmark.micro;

import org.jspecify.annotations.NullMarked;
