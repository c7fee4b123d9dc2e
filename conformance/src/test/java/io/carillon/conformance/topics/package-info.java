/** The topics protocol: greeting, commands, tokens, and publishing by HTTP. */
@NullMarked
package io.carillon.conformance.topics;

import org.jspecify.annotations.NullMarked;
