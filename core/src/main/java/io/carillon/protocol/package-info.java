/**
 * The contract between the server and a wire protocol: a protocol recognises a handshake and opens
 * a session. The protocols themselves are modules that don't know each other.
 */
@NullMarked
package io.carillon.protocol;

import org.jspecify.annotations.NullMarked;
