/**
 * A node's configuration: what keys there are and what they mean ({@link
 * io.carillon.server.config.Settings}, which the default file and the documentation are made from),
 * where their values come from, and how they become a {@link io.carillon.server.ServerConfig}.
 */
@NullMarked
package io.carillon.server.config;

import org.jspecify.annotations.NullMarked;
