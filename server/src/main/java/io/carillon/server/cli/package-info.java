/** The command line. Results go to standard output, everything else to standard error. */
@NullMarked
package io.carillon.server.cli;

import org.jspecify.annotations.NullMarked;
