/** Tests of what a topics client may write. */
@NullMarked
package io.carillon.protocol.topics;

import org.jspecify.annotations.NullMarked;
