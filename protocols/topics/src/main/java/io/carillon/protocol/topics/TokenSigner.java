package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.carillon.auth.Grant;
import java.util.Date;

/** Makes tokens, with HS256. */
public final class TokenSigner {

  private final String secret;
  private final TokenConfig config;

  /**
   * @throws IllegalArgumentException if there is no secret
   */
  public TokenSigner(TokenConfig config) {
    if (config.hs256Secret() == null) {
      throw new IllegalArgumentException("no secret (expected: topics.auth.hs256_secret)");
    }
    this.secret = config.hs256Secret();
    this.config = config;
  }

  /** A token for this grant, which nodes with the same configuration accept. */
  public String sign(Grant grant) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .expirationTime(Date.from(grant.expires()))
            .claim(Claims.SUBSCRIBE, grant.subscribe().patterns())
            .claim(Claims.PUBLISH, grant.publish().patterns());
    if (!grant.name().isEmpty()) {
      claims.claim(Claims.NAME, grant.name());
    }
    if (!grant.subject().isEmpty()) {
      claims.subject(grant.subject());
    }
    if (config.issuer() != null) {
      claims.issuer(config.issuer());
    }
    if (config.audience() != null) {
      claims.audience(config.audience());
    }
    try {
      SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
      token.sign(new MACSigner(secret.getBytes(UTF_8)));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalArgumentException("the secret can't be used: " + e.getMessage(), e);
    }
  }
}
