package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** The keys of publishers over HTTP. What is kept of them is their hashes. Immutable. */
public final class PublishKeys {

  public static final PublishKeys NONE = new PublishKeys(List.of());

  /** A shorter one can be guessed. */
  public static final int MIN_BYTES = 16;

  private final List<byte[]> hashes;

  private PublishKeys(List<byte[]> hashes) {
    this.hashes = hashes;
  }

  /** What a key must be, to stand behind "expected: ". */
  public static final String EXPECTATION =
      "at least " + MIN_BYTES + " visible characters of ASCII, no spaces";

  /**
   * @throws IllegalArgumentException when one is no key; see {@link #requireKey}
   */
  public static PublishKeys of(List<String> keys) {
    keys.forEach(PublishKeys::requireKey);
    return new PublishKeys(keys.stream().map(PublishKeys::hash).toList());
  }

  /**
   * A key that nobody can guess, and that arrives: header fields are ASCII, without space around
   * them.
   *
   * @throws IllegalArgumentException when it is none; the message doesn't show it
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

  /** Whether there is none, so that nobody can publish over HTTP. */
  public boolean isEmpty() {
    return hashes.isEmpty();
  }

  /** Whether this is one of them; how long that takes tells nothing about them. */
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
