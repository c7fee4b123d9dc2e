/** The brokers that the suites run over, whichever kind it is. */
@NullMarked
package io.carillon.conformance.broker;

import org.jspecify.annotations.NullMarked;
