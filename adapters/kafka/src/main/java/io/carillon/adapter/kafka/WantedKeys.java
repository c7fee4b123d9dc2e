package io.carillon.adapter.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the channels that this node is subscribed to. Every node reads every record, so the
 * key alone decides whether a record is copied and decoded. The binder's thread writes, the
 * reader's thread reads.
 */
final class WantedKeys {

  private final Map<ByteBuffer, String> addresses = new ConcurrentHashMap<>();

  /** The key of a channel's address, which is ASCII. */
  static byte[] key(String address) {
    return address.getBytes(US_ASCII);
  }

  void add(Collection<String> more) {
    more.forEach(address -> addresses.put(ByteBuffer.wrap(key(address)), address));
  }

  void remove(Collection<String> fewer) {
    fewer.forEach(address -> addresses.remove(ByteBuffer.wrap(key(address))));
  }

  /** The address to which a record goes; null if no channel here has it. */
  @Nullable String find(@Nullable ByteBuffer key) {
    return key == null ? null : addresses.get(key);
  }
}
