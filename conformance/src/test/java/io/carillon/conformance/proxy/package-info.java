/** Proxies and balancers between clients and nodes. */
@NullMarked
package io.carillon.conformance.proxy;

import org.jspecify.annotations.NullMarked;
