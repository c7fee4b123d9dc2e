/**
 * Protocols as the program's commands speak them with a node, which may run elsewhere. {@link
 * io.carillon.dialect.Dialect} is what a protocol brings for {@code carillon publish}, {@code
 * subscribe}, {@code chat} and {@code doctor}. The commands own the sockets, the HTTP client and
 * the command line; a dialect turns words and options into requests and texts.
 */
@NullMarked
package io.carillon.dialect;

import org.jspecify.annotations.NullMarked;
