package io.carillon.adapter.nats;

import io.nats.client.support.Encoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/**
 * The NKey of a user: a pair of Ed25519 keys, with which a client proves to a server who it is. The
 * JDK signs. The NATS client has a class for NKeys, too, but it needs a library of 8 MB for that.
 *
 * <p>The text of a key is in Base32: the kind of the key, its 32 bytes, and a checksum.
 */
final class UserKey {

  private static final int KEY_BYTES = 32;

  /** The first five bits of a seed, {@code S}, and those of a user, {@code U}. */
  private static final int SEED = 18 << 3;

  private static final int USER = 20 << 3;

  /** How many bits of the first byte say that the text is a seed. */
  private static final int SEED_BITS = 0xF8;

  /** The other bits of that byte, which are the first of the kind. */
  private static final int KIND_BITS = 0x07;

  /** The polynomial of CRC-16/XMODEM. */
  private static final int POLYNOMIAL = 0x1021;

  private final PrivateKey secret;
  private final String publicText;

  private UserKey(PrivateKey secret, String publicText) {
    this.secret = secret;
    this.publicText = publicText;
  }

  /**
   * Reads the seed of a user's key: {@code SU...}.
   *
   * @throws IllegalArgumentException if it is none; the message does not quote it
   */
  static UserKey ofSeed(String text) {
    byte[] raw = decode(text);
    if (raw.length != 2 + KEY_BYTES + Short.BYTES || (raw[0] & SEED_BITS) != SEED) {
      throw new IllegalArgumentException("not the seed of an NKey");
    }
    int content = raw.length - Short.BYTES;
    ByteBuffer checksum = ByteBuffer.wrap(raw, content, Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if ((checksum.getShort() & 0xFFFF) != crc(raw, content)) {
      throw new IllegalArgumentException("a seed with a wrong checksum");
    }
    int kind = (raw[0] & KIND_BITS) << 5 | (raw[1] & SEED_BITS) >> 3;
    if (kind != USER) {
      throw new IllegalArgumentException("the seed of an NKey that is no user's");
    }
    return ofBytes(Arrays.copyOfRange(raw, 2, content));
  }

  private static byte[] decode(String text) {
    try {
      return Encoding.base32Decode(text.toCharArray());
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not the seed of an NKey");
    }
  }

  private static UserKey ofBytes(byte[] seed) {
    try {
      KeyPairGenerator pairs = KeyPairGenerator.getInstance("Ed25519");
      pairs.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
      EdECPublicKey open = (EdECPublicKey) pairs.generateKeyPair().getPublic();
      PrivateKey secret =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
      return new UserKey(secret, text(open));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no Ed25519", e);
    }
  }

  /** Ed25519's form of a point: y in little-endian order, and the lowest bit of x. */
  private static String text(EdECPublicKey key) {
    ByteBuffer raw =
        ByteBuffer.allocate(1 + KEY_BYTES + Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.put((byte) USER);
    byte[] y = key.getPoint().getY().toByteArray();
    for (int i = 0; i < KEY_BYTES; i++) {
      int at = y.length - 1 - i;
      raw.put(at < 0 ? 0 : y[at]);
    }
    if (key.getPoint().isXOdd()) {
      raw.put(KEY_BYTES, (byte) (raw.get(KEY_BYTES) | 0x80));
    }
    raw.putShort((short) crc(raw.array(), 1 + KEY_BYTES));
    return new String(Encoding.base32Encode(raw.array())).replace("=", "");
  }

  private static int crc(byte[] bytes, int length) {
    int crc = 0;
    for (int i = 0; i < length; i++) {
      crc ^= (bytes[i] & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
      }
      crc &= 0xFFFF;
    }
    return crc;
  }

  /** The public key: {@code U...}. */
  String publicKey() {
    return publicText;
  }

  byte[] sign(byte[] nonce) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(nonce);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 failed", e);
    }
  }

  /** No secret. */
  @Override
  public String toString() {
    return publicText;
  }

  /**
   * Gives the seed where the JDK asks for random bytes, so that it makes the seed's pair of keys.
   */
  @SuppressWarnings("serial") // Nobody writes it.
  private static final class Fixed extends SecureRandom {

    private final byte[] bytes;

    Fixed(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] into) {
      System.arraycopy(bytes, 0, into, 0, into.length);
    }
  }
}
