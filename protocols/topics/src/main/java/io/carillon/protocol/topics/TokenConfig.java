package io.carillon.protocol.topics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens are accepted.
 *
 * @param hs256Secret the secret of HS256 tokens; null if none are accepted
 * @param rs256Keys the keys that verify RS256 tokens; empty if none are accepted
 * @param issuer the required value of the claim {@code iss}; null for any
 * @param audience the audience that the claim {@code aud} must name; null for any
 */
public record TokenConfig(
    @Nullable String hs256Secret,
    List<VerificationKey> rs256Keys,
    @Nullable String issuer,
    @Nullable String audience) {

  /** A shorter secret can be guessed from one token (RFC 7518, 3.2). */
  public static final int MIN_SECRET_BYTES = 32;

  /** No token is required. */
  public static final TokenConfig OPEN = new TokenConfig(null, List.of(), null, null);

  public TokenConfig {
    rs256Keys = List.copyOf(rs256Keys);
  }

  /** Whether every client may connect without a token. */
  public boolean isOpen() {
    return hs256Secret == null && rs256Keys.isEmpty();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "TokenConfig[open=" + isOpen() + "]";
  }
}
