/**
 * Plain HTTP as a node's parts see it: the head of a request, the table of routes, and the ways to
 * answer. The sockets are elsewhere.
 */
@NullMarked
package io.carillon.http;

import org.jspecify.annotations.NullMarked;
