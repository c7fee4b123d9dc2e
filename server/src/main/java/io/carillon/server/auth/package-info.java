/** Tokens (JWT) and keys: how clients and backends prove what they may do. */
@NullMarked
package io.carillon.server.auth;

import org.jspecify.annotations.NullMarked;
