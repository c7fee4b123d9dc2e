/** Tests. */
@NullMarked
package io.carillon.auth;

import org.jspecify.annotations.NullMarked;
