/**
 * The tools that the tests of all modules share: contracts that implementations extend, a clock
 * that moves only when a test advances it, and listeners that record what they receive.
 */
@NullMarked
package io.carillon.testkit;

import org.jspecify.annotations.NullMarked;
