package io.carillon.adapter.kafka;

import java.util.List;

/**
 * The topics of one cluster of nodes. Their names begin with the prefix and the version of the
 * envelope, so a user of Kafka needs permissions for these alone.
 *
 * @param publications publications of clients, by channel
 * @param control control messages; only its first partition is used, so that they have one order
 * @param bulk bulk messages, by the node that they are for
 */
record Topics(String publications, String control, String bulk) {

  static Topics of(String prefix) {
    String root = prefix + ".v1.";
    return new Topics(root + "publications", root + "control", root + "bulk");
  }

  List<String> all() {
    return List.of(publications, control, bulk);
  }
}
