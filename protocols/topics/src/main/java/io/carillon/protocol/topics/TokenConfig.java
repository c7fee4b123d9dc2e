package io.carillon.protocol.topics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens are accepted.
 *
 * @param hs256Secret what HS256 tokens are signed with; null where none is accepted
 * @param rs256Keys what RS256 tokens are verified with; empty where none is accepted
 * @param issuer what the claim {@code iss} must be; null for anything
 * @param audience what the claim {@code aud} must name; null for anything
 */
public record TokenConfig(
    @Nullable String hs256Secret,
    List<VerificationKey> rs256Keys,
    @Nullable String issuer,
    @Nullable String audience) {

  /** A shorter secret can be guessed from one token (RFC 7518, 3.2). */
  public static final int MIN_SECRET_BYTES = 32;

  /** No token is asked for. */
  public static final TokenConfig OPEN = new TokenConfig(null, List.of(), null, null);

  public TokenConfig {
    rs256Keys = List.copyOf(rs256Keys);
  }

  /** Whether everyone may come in. */
  public boolean isOpen() {
    return hs256Secret == null && rs256Keys.isEmpty();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "TokenConfig[open=" + isOpen() + "]";
  }
}
