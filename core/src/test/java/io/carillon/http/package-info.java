/** Tests. */
@NullMarked
package io.carillon.http;

import org.jspecify.annotations.NullMarked;
