/** The node's page in a real browser. */
@NullMarked
package io.carillon.conformance.page;

import org.jspecify.annotations.NullMarked;
