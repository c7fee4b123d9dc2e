package io.carillon.conformance.broker;

/** A broker, or a part of one, that the nodes of one test share with no other test. */
public interface BrokerPlace extends AutoCloseable {

  /** The address that a node uses. */
  String uri();

  /** Frees what the place takes. */
  @Override
  void close();
}
