/** RabbitMQ as operators see it and hurt it, and what nodes do with it. */
@NullMarked
package io.carillon.conformance.rabbitmq;

import org.jspecify.annotations.NullMarked;
