/** The topics protocol over a hub on manual loops. */
@NullMarked
package io.carillon.protocol.topics;

import org.jspecify.annotations.NullMarked;
