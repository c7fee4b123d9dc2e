package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.TlsFiles;

/**
 * How a node proves to Kafka which user it is, and how it checks the brokers.
 *
 * @param protocol the kind of the listener that the brokers have for nodes
 * @param mechanism how the user is proved: {@code PLAIN}, {@code SCRAM-SHA-256} or {@code
 *     SCRAM-SHA-512}
 * @param user the user's name; empty for none
 * @param password the user's password
 * @param tls the files for TLS
 */
public record Security(
    SecurityProtocol protocol, String mechanism, String user, String password, TlsFiles tls) {

  static final String DEFAULT_MECHANISM = "PLAIN";

  /** The security that follows from an address alone. */
  static Security of(KafkaAddress address) {
    return new Security(
        address.user().isEmpty() ? SecurityProtocol.PLAINTEXT : SecurityProtocol.SASL_PLAINTEXT,
        DEFAULT_MECHANISM,
        address.user(),
        address.password(),
        TlsFiles.NONE);
  }

  /** Nothing of the password may be shown by accident. */
  @Override
  public String toString() {
    return protocol + (user.isEmpty() ? "" : " as " + user);
  }
}
