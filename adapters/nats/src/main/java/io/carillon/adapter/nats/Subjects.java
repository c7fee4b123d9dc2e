package io.carillon.adapter.nats;

import io.carillon.message.Incarnation;

/**
 * The subjects of one cluster of nodes. All begin with the prefix and the version of the envelope,
 * so a user of NATS needs permissions for these alone.
 *
 * @param root the prefix with the version
 */
record Subjects(String root) {

  /** No encoded name of a channel has this character. */
  private static final String PROBE_SIGN = "!";

  static Subjects of(String prefix) {
    return new Subjects(prefix + ".v1");
  }

  /** The subject of a channel; for an address of the wire form. */
  String channel(String address) {
    return root + ".channel." + address;
  }

  /** Control messages for all nodes. */
  String control() {
    return root + ".control";
  }

  /** Control messages for one node. */
  String node(Incarnation node) {
    return root + ".node." + node;
  }

  /** Bulk messages for one node. */
  String bulk(Incarnation node) {
    return root + ".bulk." + node;
  }

  /** Answers to one connection; subjects below it belong to that connection alone. */
  String inbox(String token) {
    return root + ".inbox." + token;
  }

  /** Questions of a node to all nodes, whether its subscriptions have come to their servers. */
  String barrier() {
    return root + ".barrier";
  }

  /** The same questions to one node. */
  String barrier(Incarnation node) {
    return barrier() + "." + node;
  }

  /** Answers to the questions of one link. */
  String barrierAnswers(String token) {
    return root + ".confirmed." + token;
  }

  /** Whether an answer to a question may be sent to this subject. */
  boolean isForAnswers(String subject) {
    return subject.startsWith(root + ".confirmed.");
  }

  /** Probes of the way on which publications come. */
  String channelProbe(String token) {
    return channel(PROBE_SIGN + token);
  }

  /** Probes of the way on which control messages for one node come. */
  String nodeProbe(String token) {
    return root + ".node." + PROBE_SIGN + token;
  }

  /** Probes of the way on which bulk messages come. */
  String bulkProbe(String token) {
    return root + ".bulk." + PROBE_SIGN + token;
  }

  /** Straight to one place of a node, behind its probes. */
  String fence(String token) {
    return root + ".fence." + token;
  }
}
