/** Nodes whose broker is Kafka. */
@NullMarked
package io.carillon.conformance.kafka;

import org.jspecify.annotations.NullMarked;
