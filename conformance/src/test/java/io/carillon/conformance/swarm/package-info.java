/**
 * Thousands of clients on two threads, numbered messages at a steady rate, and what each client
 * hears.
 */
@NullMarked
package io.carillon.conformance.swarm;

import org.jspecify.annotations.NullMarked;
