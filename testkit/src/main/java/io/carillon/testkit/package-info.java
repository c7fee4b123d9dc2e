/**
 * What tests of every module share: contracts that implementations extend, a clock that stands
 * still until it is told otherwise, and listeners that remember.
 */
@NullMarked
package io.carillon.testkit;

import org.jspecify.annotations.NullMarked;
