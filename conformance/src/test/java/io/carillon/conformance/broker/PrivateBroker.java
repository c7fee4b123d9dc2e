package io.carillon.conformance.broker;

/**
 * A server of a test's own, to be stopped or killed and started again on the same port. It ends
 * with the tests' JVM at the latest.
 */
public interface PrivateBroker extends BrokerPlace {

  /** The address for nodes that have to notice a silent server within 10 s. */
  default String uriOfImpatientNodes() {
    return uri();
  }

  /** Stops the server in an orderly way, and waits for the end of its process. */
  void stop() throws Exception;

  /** SIGKILL, and waits for the end of the process. */
  void kill() throws Exception;

  /** Starts the server again, and waits until it takes connections. */
  void start() throws Exception;
}
