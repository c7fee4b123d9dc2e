/** What backends ask of a node over HTTP. */
@NullMarked
package io.carillon.server.api;

import org.jspecify.annotations.NullMarked;
