/** Tests for the declaration and reading of any configuration. */
@NullMarked
package io.carillon.config;

import org.jspecify.annotations.NullMarked;
