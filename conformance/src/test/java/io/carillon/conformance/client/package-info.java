/**
 * Clients that connect to a node, and the formats that they speak: WebSockets, HTTP, JSON, tokens
 * and certificates.
 */
@NullMarked
package io.carillon.conformance.client;

import org.jspecify.annotations.NullMarked;
