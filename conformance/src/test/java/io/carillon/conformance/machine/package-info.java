/**
 * What tests of every subject ask of this machine: programs that run and end, free ports, signals,
 * and what the system knows of a process. Knows nothing of nodes.
 */
@NullMarked
package io.carillon.conformance.machine;

import org.jspecify.annotations.NullMarked;
