package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** The keys of publishers over HTTP. Only their hashes are kept. Immutable. */
public final class PublishKeys {

  public static final PublishKeys NONE = new PublishKeys(List.of());

  /** A shorter key can be guessed. */
  public static final int MIN_BYTES = 16;

  private final List<byte[]> hashes;

  private PublishKeys(List<byte[]> hashes) {
    this.hashes = hashes;
  }

  /** The requirement for a key, for use after "expected: ". */
  public static final String EXPECTATION =
      "at least " + MIN_BYTES + " visible characters of ASCII, no spaces";

  /**
   * @throws IllegalArgumentException if a text can't be a key; see {@link #requireKey}
   */
  public static PublishKeys of(List<String> keys) {
    keys.forEach(PublishKeys::requireKey);
    return new PublishKeys(keys.stream().map(PublishKeys::hash).toList());
  }

  /**
   * Requires a key that can't be guessed and that can be sent: header fields are ASCII, without
   * space around them.
   *
   * @throws IllegalArgumentException if the text can't be a key; the message doesn't show it
   */
  public static void requireKey(String key) {
    if (key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "a key that no request can carry (expected: " + EXPECTATION + ")");
    }
    if (key.length() < MIN_BYTES) {
      throw new IllegalArgumentException(
          "a key of %d characters (expected: %s)".formatted(key.length(), EXPECTATION));
    }
  }

  /** Whether there are no keys, so that publishing over HTTP is off. */
  public boolean isEmpty() {
    return hashes.isEmpty();
  }

  /** Whether this is one of the keys; the time of the check reveals nothing about them. */
  public boolean contain(String key) {
    byte[] hash = hash(key);
    boolean found = false;
    for (byte[] known : hashes) {
      found |= MessageDigest.isEqual(known, hash);
    }
    return found;
  }

  private static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
