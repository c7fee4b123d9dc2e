package io.carillon.protocol.topics;

import com.nimbusds.jwt.JWTClaimsSet;
import io.carillon.auth.Admission;
import io.carillon.auth.Grant;
import io.carillon.auth.Rejection;
import io.carillon.auth.TopicPatterns;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the claims of a token whose signature is right. Thread-safe. */
final class Claims {

  /** How far clocks may differ. */
  static final Duration SKEW = Duration.ofSeconds(10);

  static final String NAME = "name";
  static final String SUBSCRIBE = "subscribe";
  static final String PUBLISH = "publish";

  private final TokenConfig config;
  private final InstantSource clock;

  Claims(TokenConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  /**
   * @throws ParseException if the payload is not that of a JWT
   */
  Admission read(Map<String, Object> payload) throws ParseException {
    Optional<String> otherType = ClaimTypes.fault(payload);
    if (otherType.isPresent()) {
      return refused(otherType.get());
    }
    JWTClaimsSet claims = JWTClaimsSet.parse(payload);
    String fault = fault(claims);
    return fault == null ? new Admission.Granted(grant(claims)) : refused(fault);
  }

  private @Nullable String fault(JWTClaimsSet claims) {
    Instant now = clock.instant();
    Date expires = claims.getExpirationTime();
    Date notBefore = claims.getNotBeforeTime();
    if (expires == null) {
      return "The token has no expiry: add the claim exp.";
    }
    if (!now.isBefore(expires.toInstant().plus(SKEW))) {
      return "The token has expired: come back with a new one.";
    }
    if (notBefore != null && now.isBefore(notBefore.toInstant().minus(SKEW))) {
      return "The token is not valid yet: its claim nbf lies in the future.";
    }
    if (config.issuer() != null && !config.issuer().equals(claims.getIssuer())) {
      return "The token is of another issuer: its claim iss must be topics.auth.issuer.";
    }
    if (config.audience() != null && !claims.getAudience().contains(config.audience())) {
      return "The token is for another audience: its claim aud must name topics.auth.audience.";
    }
    return null;
  }

  private static Grant grant(JWTClaimsSet claims) throws ParseException {
    String name = claims.getStringClaim(NAME);
    String subject = claims.getSubject();
    return new Grant(
        name == null ? "" : TopicsProtocol.withoutControls(name),
        subject == null ? "" : subject,
        claims.getExpirationTime().toInstant().plus(SKEW),
        patterns(claims, SUBSCRIBE),
        patterns(claims, PUBLISH));
  }

  private static TopicPatterns patterns(JWTClaimsSet claims, String claim) throws ParseException {
    List<String> patterns = claims.getStringListClaim(claim);
    return patterns == null ? TopicPatterns.NONE : new TopicPatterns(patterns);
  }

  private static Admission refused(String advice) {
    return new Admission.Refused(Rejection.unauthenticated(advice));
  }
}
