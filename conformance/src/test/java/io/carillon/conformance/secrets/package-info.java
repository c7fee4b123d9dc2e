/** Secrets that a node is given, looked for in everything that it shows. */
@NullMarked
package io.carillon.conformance.secrets;

import org.jspecify.annotations.NullMarked;
