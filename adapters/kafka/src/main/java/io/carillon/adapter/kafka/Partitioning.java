package io.carillon.adapter.kafka;

import java.util.zip.CRC32C;

/** Chooses the partition of a key. All nodes choose the same, in all versions. */
final class Partitioning {

  private Partitioning() {}

  static int of(byte[] key, int partitions) {
    CRC32C hash = new CRC32C();
    hash.update(key);
    return (int) (hash.getValue() % partitions);
  }
}
