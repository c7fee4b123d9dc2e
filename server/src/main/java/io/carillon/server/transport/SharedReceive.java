package io.carillon.server.transport;

import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Lets all connections of an event loop use one handle for reading. Netty makes one handle for each
 * connection, which learns how much its client sends and takes 130 bytes for it. But Netty doesn't
 * use a handle between two reads, and a loop reads one socket at a time.
 */
@SuppressWarnings("deprecation") // Handle: what replaces it extends it.
final class SharedReceive implements RecvByteBufAllocator {

  /**
   * Small, because HTTP and TLS keep the buffer with the beginning of a request or a record in it.
   */
  private static final int BUFFER_BYTES = 4 << 10;

  /** In one turn, of one socket; Netty's usual number. */
  private static final int MAX_READS = 16;

  private final FastThreadLocal<Handle> handles =
      new FastThreadLocal<>() {
        @Override
        protected Handle initialValue() {
          return new FixedRecvByteBufAllocator(BUFFER_BYTES)
              .maxMessagesPerRead(MAX_READS)
              .newHandle();
        }
      };

  @Override
  public Handle newHandle() {
    return handles.get();
  }
}
