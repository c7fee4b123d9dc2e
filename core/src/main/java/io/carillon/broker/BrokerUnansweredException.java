package io.carillon.broker;

/**
 * A control message was sent and the bus did not answer: nobody knows whether it arrived. The bus
 * never repeats it; the sender may, where a second arrival does no harm.
 */
public final class BrokerUnansweredException extends RuntimeException {

  /**
   * @param message why, in a few words
   */
  public BrokerUnansweredException(String message) {
    super(message);
  }
}
