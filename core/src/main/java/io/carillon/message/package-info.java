/**
 * The values that travel: channels, publications, their ids and payloads. All of them are immutable
 * and may be shared.
 */
@NullMarked
package io.carillon.message;

import org.jspecify.annotations.NullMarked;
