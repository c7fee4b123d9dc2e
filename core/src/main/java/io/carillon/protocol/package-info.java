/**
 * What a wire protocol is to the server: it recognises a handshake and opens a session. The
 * protocols themselves are subpackages that don't know each other.
 */
@NullMarked
package io.carillon.protocol;

import org.jspecify.annotations.NullMarked;
