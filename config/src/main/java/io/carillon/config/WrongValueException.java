package io.carillon.config;

import java.io.Serial;

/** A value that can't be read, with a message that says more than what its format expects. */
public final class WrongValueException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * @param what the value, where it is no secret, and what was expected
   */
  public WrongValueException(String what) {
    super(what);
  }

  /** What is wrong, to stand behind the key. */
  String what() {
    return String.valueOf(getMessage());
  }
}
