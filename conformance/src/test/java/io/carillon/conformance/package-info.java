/**
 * Black-box tests: node processes started as an operator starts them, a real RabbitMQ, and clients
 * that are not ours. Nothing here sees a class of the server.
 */
@NullMarked
package io.carillon.conformance;

import org.jspecify.annotations.NullMarked;
