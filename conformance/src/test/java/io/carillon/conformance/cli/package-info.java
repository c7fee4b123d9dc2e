/** The command line: commands, flags, variables, and what {@code carillon doctor} finds. */
@NullMarked
package io.carillon.conformance.cli;

import org.jspecify.annotations.NullMarked;
