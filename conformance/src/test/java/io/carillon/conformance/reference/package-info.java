/** The reference demo, alone, in one cluster with our nodes, and replaced by them. */
@NullMarked
package io.carillon.conformance.reference;

import org.jspecify.annotations.NullMarked;
