/** Tenants: the apps that may use the server, and their limits. */
@NullMarked
package io.carillon.app;

import org.jspecify.annotations.NullMarked;
