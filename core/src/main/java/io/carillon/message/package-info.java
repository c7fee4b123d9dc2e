/**
 * The values that travel: channels, publications, their ids and payloads. Immutable, owned by
 * nobody.
 */
@NullMarked
package io.carillon.message;

import org.jspecify.annotations.NullMarked;
