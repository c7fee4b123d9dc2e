package io.carillon.broker;

/** The bus did not take something, and nothing of it was sent. */
public final class BrokerRefusedException extends RuntimeException {

  private final Refusal kind;

  /**
   * @param message why, in a few words, without users' data
   */
  public BrokerRefusedException(Refusal kind, String message) {
    super(message);
    this.kind = kind;
  }

  public BrokerRefusedException(Refusal kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** A control or bulk message has a payload that is longer than its lane carries. */
  public static BrokerRefusedException tooLarge(int bytes, int maxBytes) {
    return new BrokerRefusedException(
        Refusal.TOO_LARGE, "payload: " + bytes + " bytes (expected: at most " + maxBytes + ")");
  }

  public Refusal kind() {
    return kind;
  }
}
