package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.carillon.auth.Admission;
import io.carillon.auth.Grant;
import io.carillon.auth.Rejection;
import io.carillon.auth.TopicPatterns;
import io.carillon.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtVerifierTest {

  private static final String SECRET = "canary-secret-canary-secret-canary";
  private static final KeyPair KEYS = keyPair();
  private static final KeyPair OTHER_KEYS = keyPair();
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder = Path.of(".");

  private final ManualClock clock = new ManualClock();
  private final JwtVerifier hs256 = verifier(new TokenConfig(SECRET, List.of(), null, null));
  private final JwtVerifier rs256 =
      verifier(new TokenConfig(null, List.of(key("", KEYS)), null, null));

  private JwtVerifier verifier(TokenConfig config) {
    return new JwtVerifier(config, clock);
  }

  @Test
  void grantsWhatATokenSays() {
    Grant asked =
        new Grant(
            "Ann",
            "user-7",
            clock.instant().plus(HOUR),
            new TopicPatterns(List.of("news.*", "a")),
            new TopicPatterns(List.of("chat")));
    String token = new TokenSigner(new TokenConfig(SECRET, List.of(), null, null)).sign(asked);

    assertThat(hs256.verify(token))
        .isEqualTo(
            new Admission.Granted(
                new Grant(
                    "Ann",
                    "user-7",
                    clock.instant().plus(HOUR).plus(Claims.SKEW),
                    asked.subscribe(),
                    asked.publish())));
  }

  @Test
  void grantsNothingThatATokenDoesNotSay() {
    assertThat(hs256.verify(hs256(claims().build())))
        .isEqualTo(
            new Admission.Granted(
                new Grant(
                    "",
                    "",
                    clock.instant().plus(HOUR).plus(Claims.SKEW),
                    TopicPatterns.NONE,
                    TopicPatterns.NONE)));
  }

  @Test
  void takesRs256WithAKeyOfAnyForm() throws IOException {
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(KEYS.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    String jwks =
        "{\"keys\":[%s,%s]}"
            .formatted(
                new com.nimbusds.jose.jwk.RSAKey.Builder((RSAPublicKey) OTHER_KEYS.getPublic())
                    .keyID("other")
                    .build(),
                new com.nimbusds.jose.jwk.RSAKey.Builder((RSAPublicKey) KEYS.getPublic())
                    .keyID("mine")
                    .build());
    for (String file : List.of(pem, jwks)) {
      Path path = Files.writeString(folder.resolve("keys"), file);
      JwtVerifier verifier =
          verifier(new TokenConfig(null, VerificationKeys.read(path), null, null));
      assertGranted(verifier.verify(rs256(claims().build(), KEYS, null)));
    }
    JwtVerifier byId = verifier(new TokenConfig(null, read(jwks), null, null));
    assertGranted(byId.verify(rs256(claims().build(), KEYS, "mine")));
    assertRefused(byId.verify(rs256(claims().build(), KEYS, "other")), "signature is wrong");
    assertRefused(byId.verify(rs256(claims().build(), KEYS, "unknown")), "not accepted here");
  }

  private List<VerificationKey> read(String text) throws IOException {
    return VerificationKeys.read(Files.writeString(folder.resolve("k"), text));
  }

  @Test
  void refusesForgedTokens() {
    String good = hs256(claims().build());
    assertRefused(hs256.verify(signed(claims().build(), "x".repeat(32))), "signature is wrong");
    assertRefused(hs256.verify(good.substring(0, good.lastIndexOf('.') + 1)), "no signed JWT");
    String[] parts = good.split("\\.", -1);
    String other = hs256(claims().claim("name", "Eve").build()).split("\\.", -1)[1];
    assertRefused(hs256.verify(parts[0] + "." + other + "." + parts[2]), "signature is wrong");
    assertRefused(rs256.verify(rs256(claims().build(), OTHER_KEYS, null)), "signature is wrong");
  }

  /**
   * The public key is public: if it were accepted as an HS256 secret, every client could make
   * tokens.
   */
  @Test
  void refusesHs256WithThePublicKeyAsTheSecret() {
    byte[] der = KEYS.getPublic().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    for (byte[] secret : List.of(der, pem.getBytes(UTF_8), pem.strip().getBytes(UTF_8))) {
      String token = sign(claims().build(), JWSAlgorithm.HS256, mac(secret), null);
      assertRefused(rs256.verify(token), "not accepted here (expected: RS256");
      JwtVerifier both = verifier(new TokenConfig(SECRET, List.of(key("", KEYS)), null, null));
      assertRefused(both.verify(token), "signature is wrong");
    }
  }

  @Test
  void refusesAlgorithmsThatAreNotAsked() {
    String payload = hs256(claims().build()).split("\\.", -1)[1];
    for (String header : List.of("{\"alg\":\"none\"}", "{\"alg\":\"None\"}", "{}", "{\"alg\":7}")) {
      String head = Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(UTF_8));
      for (String end : List.of("", ".", ".AAAA")) {
        assertRefused(hs256.verify(head + "." + payload + end), "token");
      }
    }
    assertRefused(
        hs256.verify(sign(claims().build(), JWSAlgorithm.HS384, mac(new byte[64]), null)),
        "not accepted here");
    assertRefused(hs256.verify(rs256(claims().build(), KEYS, null)), "expected: HS256");
    assertRefused(rs256.verify(hs256(claims().build())), "expected: RS256");
  }

  @Test
  void refusesTokensOutsideTheirTimeAndThoseWithoutAnEnd() {
    String token = hs256(claims().build());
    clock.advance(HOUR.plus(Claims.SKEW).minusSeconds(1));
    assertGranted(hs256.verify(token));
    clock.advance(Duration.ofSeconds(1));
    assertRefused(hs256.verify(token), "has expired");
    assertRefused(
        hs256.verify(hs256(new JWTClaimsSet.Builder().subject("x").build())), "add the claim exp");

    Date soon = Date.from(clock.instant().plus(Claims.SKEW).plusSeconds(1));
    String early = hs256(claims().notBeforeTime(soon).build());
    assertRefused(hs256.verify(early), "not valid yet");
    clock.advance(Duration.ofSeconds(1));
    assertGranted(hs256.verify(early));
  }

  @Test
  void refusesOtherIssuersAndAudiencesWhereOneIsAsked() {
    JwtVerifier strict = verifier(new TokenConfig(SECRET, List.of(), "me", "here"));
    assertGranted(
        strict.verify(hs256(claims().issuer("me").audience(List.of("x", "here")).build())));
    assertRefused(strict.verify(hs256(claims().issuer("me").build())), "another audience");
    assertRefused(strict.verify(hs256(claims().audience("here").build())), "another issuer");
    assertRefused(
        strict.verify(hs256(claims().issuer("you").audience("here").build())), "another issuer");
    assertGranted(hs256.verify(hs256(claims().issuer("you").audience("there").build())));
  }

  @Test
  void refusesClaimsOfOtherTypes() {
    assertRefused(hs256.verify(hs256(claims().claim("subscribe", "*").build())), "claim subscribe");
    assertRefused(
        hs256.verify(hs256(claims().claim("publish", List.of(7)).build())),
        "The token's claim publish has the wrong type (expected: a list of topic patterns).");
    assertRefused(hs256.verify(hs256(claims().claim("name", 7).build())), "claim name");
  }

  /** Tokens as other programs write them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"exp":"canary"}                            | claim exp has the wrong type
          {"exp":4102444800,"nbf":"2020"}             | claim nbf has the wrong type
          {"exp":4102444800,"iat":[]}                 | claim iat has the wrong type
          {"exp":4102444800,"subscribe":[null]}       | claim subscribe has the wrong type
          {"exp":4102444800,"publish":{}}             | claim publish has the wrong type
          {"exp":4102444800,"aud":7}                  | claim aud has the wrong type
          {"exp":4102444800,"aud":["a",7]}            | claim aud has the wrong type
          {"exp":4102444800,"iss":7}                  | claim iss has the wrong type
          {"exp":4102444800,"sub":{"canary":1}}       | claim sub has the wrong type
          {"exp":4102444800,"name":["canary"]}        | claim name has the wrong type
          {"exp":null}                                | add the claim exp
          ["canary"]                                  | no signed JWT
          canary                                      | no signed JWT
          """)
  void saysWhichClaimHasTheWrongType(String payload, String advice) throws JOSEException {
    JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(payload));
    token.sign(mac(SECRET.getBytes(UTF_8)));
    assertRefused(hs256.verify(token.serialize()), advice);
  }

  /** JSON can escape half an emoji, which UTF-8 can't encode; signed text is never changed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"exp":4102444800,"name":"a\\ud83d"}             | name
          {"exp":4102444800,"sub":"\\udc00"}               | sub
          {"exp":4102444800,"subscribe":["a","\\ud83d*"]}  | subscribe
          {"exp":4102444800,"publish":["\\ud83d\\ud83d"]}  | publish
          {"exp":4102444800,"iss":"\\ud83d"}               | iss
          {"exp":4102444800,"aud":"\\ud83d"}               | aud
          {"exp":4102444800,"aud":["\\ud83d"]}             | aud
          """)
  void refusesATokenWithALoneSurrogate(String payload, String claim) throws JOSEException {
    JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(payload));
    token.sign(mac(SECRET.getBytes(UTF_8)));
    assertRefused(
        hs256.verify(token.serialize()),
        "The token's claim " + claim + " has half a character, a lone surrogate");
  }

  @Test
  void grantsTopicsAndNamesBeyondTheBasicPlane() throws JOSEException {
    String payload = "{\"exp\":4102444800,\"name\":\"Ann \\ud83d\\udd14\",\"subscribe\":[\"🔔\"]}";
    JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(payload));
    token.sign(mac(SECRET.getBytes(UTF_8)));
    assertThat(hs256.verify(token.serialize()))
        .isInstanceOfSatisfying(
            Admission.Granted.class,
            granted -> assertThat(granted.grant().name()).isEqualTo("Ann 🔔"));
  }

  @Test
  void replacesWhatCouldBreakALineInAName() {
    assertThat(hs256.verify(hs256(claims().claim("name", "Ann\n[lobby] Eve: hi").build())))
        .isInstanceOfSatisfying(
            Admission.Granted.class,
            granted -> assertThat(granted.grant().name()).isEqualTo("Ann\uFFFD[lobby] Eve: hi"));
  }

  @Test
  void passesOverKeysForOtherAlgorithms() throws IOException {
    String jwks =
        "{\"keys\":[%s,%s]}"
            .formatted(
                jwk(OTHER_KEYS).algorithm(JWSAlgorithm.PS256).build(),
                jwk(KEYS).algorithm(JWSAlgorithm.RS256).build());
    JwtVerifier verifier = verifier(new TokenConfig(null, read(jwks), null, null));
    assertGranted(verifier.verify(rs256(claims().build(), KEYS, null)));
    assertRefused(verifier.verify(rs256(claims().build(), OTHER_KEYS, null)), "signature is wrong");
    assertThatThrownBy(
            () ->
                read("{\"keys\":[%s]}".formatted(jwk(KEYS).algorithm(JWSAlgorithm.RS512).build())))
        .hasMessageContaining("0 RSA keys for RS256 signatures");
  }

  private static com.nimbusds.jose.jwk.RSAKey.Builder jwk(KeyPair keys) {
    return new com.nimbusds.jose.jwk.RSAKey.Builder((RSAPublicKey) keys.getPublic());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"canary", "a.b.c", "..", "....", "canary.canary.canary", "\u0000", "é.é.é"})
  void refusesWhatIsNoTokenAndNeverQuotesIt(String token) {
    assertRefused(hs256.verify(token), "no signed JWT");
  }

  @Test
  void neverThrowsWhateverIsMadeOfAToken() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    String good = hs256(claims().claim("subscribe", List.of("*")).build());
    String alphabet = "AZaz09-_.=+/{}\"é";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder token = new StringBuilder(good);
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        int at = random.nextInt(token.length());
        token.replace(
            at,
            Math.min(token.length(), at + random.nextInt(3)),
            "" + alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Admission admission = hs256.verify(token.toString());
      if (admission instanceof Admission.Granted) {
        assertThat(payloadOf(token.toString())).isEqualTo(payloadOf(good));
      }
    }
  }

  private static List<Byte> payloadOf(String token) {
    byte[] bytes = com.nimbusds.jose.util.Base64URL.from(token.split("\\.", -1)[1]).decode();
    return new java.util.AbstractList<>() {
      @Override
      public Byte get(int index) {
        return bytes[index];
      }

      @Override
      public int size() {
        return bytes.length;
      }
    };
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder().expirationTime(Date.from(clock.instant().plus(HOUR)));
  }

  private static String hs256(JWTClaimsSet claims) {
    return signed(claims, SECRET);
  }

  private static String signed(JWTClaimsSet claims, String secret) {
    return sign(claims, JWSAlgorithm.HS256, mac(secret.getBytes(UTF_8)), null);
  }

  private static JWSSigner mac(byte[] secret) {
    try {
      return new MACSigner(secret);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String rs256(JWTClaimsSet claims, KeyPair keys, @Nullable String id) {
    return sign(claims, JWSAlgorithm.RS256, new RSASSASigner(keys.getPrivate()), id);
  }

  private static String sign(
      JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer, @Nullable String id) {
    try {
      SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(id).build(), claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static VerificationKey key(String id, KeyPair keys) {
    return new VerificationKey(id, (RSAPublicKey) keys.getPublic());
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertGranted(Admission admission) {
    assertThat(admission).isInstanceOf(Admission.Granted.class);
  }

  private static void assertRefused(Admission admission, String advice) {
    assertThat(admission)
        .isInstanceOfSatisfying(
            Admission.Refused.class,
            refused -> {
              assertThat(refused.why().kind()).isEqualTo(Rejection.Kind.UNAUTHENTICATED);
              assertThat(refused.why().advice()).contains(advice).doesNotContain("canary", "eyJ");
            });
  }
}
