/** Tests of how the command line is read. */
@NullMarked
package io.carillon.server.config;

import org.jspecify.annotations.NullMarked;
