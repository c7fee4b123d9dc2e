/**
 * A node's configuration: the keys and their meaning ({@link io.carillon.server.config.Settings},
 * from which the default file and the documentation are made), the sources of their values, and the
 * way to a {@link io.carillon.server.ServerConfig}.
 */
@NullMarked
package io.carillon.server.config;

import org.jspecify.annotations.NullMarked;
