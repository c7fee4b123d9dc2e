package io.carillon.membership;

import io.carillon.message.PayloadReader;
import io.carillon.message.PayloadWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fingerprints of the secrets of a node's tenants, by the tenants' ids. Of more than a bound
 * there is one fingerprint of all, under the empty id, so that a heartbeat stays small.
 */
record Tenants(Map<String, Long> fingerprints) {

  /** Nothing is known of a node's tenants. */
  static final Tenants NONE = new Tenants(Map.of());

  /** At most so many tenants are told one by one. */
  static final int MAX_TOLD = 1_000;

  /** And so many bytes, because a heartbeat must fit into a control message. */
  private static final int MAX_BYTES = 24 << 10;

  /** The bytes of a fingerprint, and of the length of its id. */
  private static final int FIXED = Long.BYTES + Short.BYTES;

  private static final String ALL = "";

  Tenants {
    fingerprints = Map.copyOf(fingerprints);
  }

  /** As a node tells them. */
  static Tenants toTell(Map<String, Long> fingerprints) {
    if (fingerprints.size() <= MAX_TOLD && sizeOf(fingerprints) <= MAX_BYTES) {
      return new Tenants(fingerprints);
    }
    long digest = 0;
    for (Map.Entry<String, Long> entry : new TreeMap<>(fingerprints).entrySet()) {
      digest = 31 * (31 * digest + entry.getKey().hashCode()) + entry.getValue();
    }
    return new Tenants(Map.of(ALL, digest));
  }

  private static int sizeOf(Map<String, Long> fingerprints) {
    return fingerprints.keySet().stream().mapToInt(id -> FIXED + 3 * id.length()).sum();
  }

  /** Whether an id stands for all tenants together. */
  static boolean isAll(String id) {
    return id.equals(ALL);
  }

  /** Writes them as a block, which a reader that does not know them leaves unread. */
  void writeTo(PayloadWriter out) {
    PayloadWriter block = new PayloadWriter();
    fingerprints.forEach((id, fingerprint) -> block.name(id).i64(fingerprint));
    out.block(block.bytes());
  }

  /** Reads them; none where the sender does not know this part of a message. */
  static Tenants readFrom(PayloadReader in) throws IOException {
    if (!in.hasMore()) {
      return NONE;
    }
    PayloadReader block = in.block();
    Map<String, Long> fingerprints = new HashMap<>();
    while (block.hasMore() && fingerprints.size() < MAX_TOLD) {
      fingerprints.put(block.name(), block.i64());
    }
    return new Tenants(fingerprints);
  }
}
