/** Tests. */
@NullMarked
package io.carillon.server.api;

import org.jspecify.annotations.NullMarked;
