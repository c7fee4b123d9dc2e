/**
 * Which clients may connect, and what they may do: permissions as values. The server checks how a
 * client proves who it is (tokens and their signatures).
 */
@NullMarked
package io.carillon.auth;

import org.jspecify.annotations.NullMarked;
