/** What a node speaks below its protocols: HTTP, TLS, and each way to a socket. */
@NullMarked
package io.carillon.conformance.transport;

import org.jspecify.annotations.NullMarked;
