package io.carillon.protocol.topics;

import java.security.interfaces.RSAPublicKey;

/**
 * A public key.
 *
 * @param id the id by which a token may name it; empty if it has none
 */
public record VerificationKey(String id, RSAPublicKey key) {

  private static final int MIN_BITS = 2048;

  public VerificationKey {
    if (key.getModulus().bitLength() < MIN_BITS) {
      throw new IllegalArgumentException(
          "an RSA key of %d bits (expected: at least %d)"
              .formatted(key.getModulus().bitLength(), MIN_BITS));
    }
  }
}
