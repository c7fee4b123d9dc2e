package io.carillon.server.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The mask of client frames (RFC 6455 section 5.3), eight bytes at a time. */
final class Masking {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Masking() {}

  /** Masks or unmasks in place. */
  static void apply(int mask, byte[] bytes) {
    long wide = (long) mask << 32 | (mask & 0xFFFFFFFFL);
    int i = 0;
    for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
      LONGS.set(bytes, i, (long) LONGS.get(bytes, i) ^ wide);
    }
    for (; i < bytes.length; i++) {
      bytes[i] ^= (byte) (mask >> (24 - 8 * (i & 3)));
    }
  }
}
