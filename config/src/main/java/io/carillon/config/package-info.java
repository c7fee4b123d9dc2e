/**
 * How a configuration is declared, read, checked and explained. A {@link
 * io.carillon.config.Catalogue} has everything that can be configured; its owner makes it from the
 * {@link io.carillon.config.Setting}s, rules and readers of the program's parts. {@link
 * io.carillon.config.ConfigurationLoader} reads {@link io.carillon.config.Sources} with it into a
 * {@link io.carillon.config.Configuration}.
 *
 * <p>No setting is declared here.
 */
@NullMarked
package io.carillon.config;

import org.jspecify.annotations.NullMarked;
