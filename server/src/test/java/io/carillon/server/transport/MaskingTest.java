package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MaskingTest {

  @Test
  void masksLikeTheRfcSaysAtEveryLength() {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    for (int length = 0; length < 300; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      int mask = random.nextInt();
      byte[] expected = naive(mask, bytes);
      Masking.apply(mask, bytes);
      assertThat(bytes).as("length %d, seed %d", length, seed).isEqualTo(expected);
    }
  }

  private static byte[] naive(int mask, byte[] bytes) {
    byte[] keys = {(byte) (mask >> 24), (byte) (mask >> 16), (byte) (mask >> 8), (byte) mask};
    byte[] masked = bytes.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= keys[i % 4];
    }
    return masked;
  }
}
