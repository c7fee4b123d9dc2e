/** Tests of how the command line is read. */
@NullMarked
package io.carillon.server.cli;

import org.jspecify.annotations.NullMarked;
