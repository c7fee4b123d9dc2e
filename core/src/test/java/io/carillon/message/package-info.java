/** Tests of what messages are made of. */
@NullMarked
package io.carillon.message;

import org.jspecify.annotations.NullMarked;
