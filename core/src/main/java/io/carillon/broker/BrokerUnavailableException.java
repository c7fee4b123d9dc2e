package io.carillon.broker;

/** The bus can't do this now; later it may. */
public final class BrokerUnavailableException extends RuntimeException {
  public BrokerUnavailableException(String message) {
    super(message);
  }

  public BrokerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
