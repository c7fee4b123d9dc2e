/** Tests of framing, HTTP and connections, without sockets where that will do. */
@NullMarked
package io.carillon.server.transport;

import org.jspecify.annotations.NullMarked;
