package io.carillon.dialect;

/** A command line is wrong; the message says how, and what is expected. */
public final class UsageException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * @param message one line for people, without a secret
   */
  public UsageException(String message) {
    super(message);
  }
}
