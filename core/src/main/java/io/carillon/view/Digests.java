package io.carillon.view;

/** Hashes that are the same on all nodes. */
final class Digests {

  private Digests() {}

  /** Spreads the bits (the finalizer of SplitMix64). */
  static long mixed(long bits) {
    long z = bits + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
