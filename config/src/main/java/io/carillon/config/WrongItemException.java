package io.carillon.config;

import java.io.Serial;

/** An item of a list that can't be read. */
final class WrongItemException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1;

  private final int number;
  private final String shown;

  /** The message if the item is a secret. */
  private final String hidden;

  /**
   * @param number its place, from 1
   * @param text the item as it was given
   * @param format its format
   * @param cause the error of the format
   */
  WrongItemException(int number, String text, Format<?> format, IllegalArgumentException cause) {
    super(cause);
    String expected = " (expected: " + format.expectation() + ")";
    this.number = number;
    this.shown =
        cause instanceof WrongValueException wrong ? wrong.what() : '"' + text + '"' + expected;
    this.hidden = cause.getMessage() == null ? "(hidden)" + expected : cause.getMessage();
  }

  /** The error, for use after the list's key. */
  String what(Setting<?> list) {
    return "item " + number + ": " + (list.isSecret() ? hidden : shown);
  }
}
