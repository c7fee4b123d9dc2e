/**
 * Tests that are known to fail for now: the list of them, and the extension that turns them around.
 */
@NullMarked
package io.carillon.conformance.expected;

import org.jspecify.annotations.NullMarked;
