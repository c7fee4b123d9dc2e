package io.carillon.config;

import java.io.Serial;

/** A value that can't be read, with a message that says more than its format's expectation. */
public final class WrongValueException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * @param what the value, if it is not secret, and the expectation
   */
  public WrongValueException(String what) {
    super(what);
  }

  /** The error, for use after the key. */
  String what() {
    return String.valueOf(getMessage());
  }
}
