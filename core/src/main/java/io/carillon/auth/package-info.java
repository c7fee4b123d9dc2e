/**
 * Who may come in, and what they may do there: permissions as values. How a client proves who it is
 * (tokens and their signatures) is the server's business.
 */
@NullMarked
package io.carillon.auth;

import org.jspecify.annotations.NullMarked;
