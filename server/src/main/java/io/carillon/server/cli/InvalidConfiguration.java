package io.carillon.server.cli;

/** An option has a value that it can't have; the message says which was expected. */
final class InvalidConfiguration extends Exception {
  InvalidConfiguration(IllegalArgumentException cause) {
    super(cause.getMessage(), cause);
  }
}
