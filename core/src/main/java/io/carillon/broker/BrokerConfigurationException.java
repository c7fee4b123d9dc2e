package io.carillon.broker;

/**
 * The broker can't be used as configured, and a retry won't help. The message is one line that says
 * what to change; it holds no secret.
 */
public final class BrokerConfigurationException extends RuntimeException {
  public BrokerConfigurationException(String message) {
    super(message);
  }

  public BrokerConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
