/** Tests. */
@NullMarked
package io.carillon.server.auth;

import org.jspecify.annotations.NullMarked;
