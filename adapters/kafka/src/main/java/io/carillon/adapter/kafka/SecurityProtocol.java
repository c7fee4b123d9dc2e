package io.carillon.adapter.kafka;

/** How a node and a broker of Kafka trust each other; the names are Kafka's own. */
public enum SecurityProtocol {
  PLAINTEXT,
  SSL,
  SASL_PLAINTEXT,
  SASL_SSL;

  boolean isTls() {
    return this == SSL || this == SASL_SSL;
  }

  boolean hasUser() {
    return this == SASL_PLAINTEXT || this == SASL_SSL;
  }
}
