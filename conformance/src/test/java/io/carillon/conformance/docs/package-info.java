/** Pages of the documentation, read as the commands, files and code that they hold. */
@NullMarked
package io.carillon.conformance.docs;

import org.jspecify.annotations.NullMarked;
