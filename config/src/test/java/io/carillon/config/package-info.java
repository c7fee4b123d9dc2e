/** Tests of how any configuration is declared and read. */
@NullMarked
package io.carillon.config;

import org.jspecify.annotations.NullMarked;
