package io.carillon.broker;

/**
 * A control message was sent and the bus did not answer: it is unknown whether the message arrived.
 * The bus never repeats it; the sender may, if a second arrival does no harm.
 */
public final class BrokerUnansweredException extends RuntimeException {

  /**
   * @param message why, in a few words
   */
  public BrokerUnansweredException(String message) {
    super(message);
  }
}
