/** Tenants: who may use the server, under which limits. */
@NullMarked
package io.carillon.app;

import org.jspecify.annotations.NullMarked;
