package io.carillon.conformance.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens made by hand, so that what a node accepts is not what its own library makes. */
public final class Jwt {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Jwt() {}

  /** The claims of a token that is valid for so long from now on. */
  public static String claims(
      String name, Duration time, List<String> subscribe, List<String> publish) {
    return "{\"name\":\"%s\",\"exp\":%d,\"subscribe\":%s,\"publish\":%s}"
        .formatted(name, Instant.now().plus(time).getEpochSecond(), list(subscribe), list(publish));
  }

  private static String list(List<String> items) {
    return items.stream().map(item -> '"' + item + '"').collect(Collectors.joining(",", "[", "]"));
  }

  /** A token that is signed with a secret. */
  public static String hs256(String claims, byte[] secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      String signed = signedPart("HS256", claims);
      return signed + "." + BASE64.encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token that is signed with a secret. */
  public static String hs256(String claims, String secret) {
    return hs256(claims, secret.getBytes(UTF_8));
  }

  /** A token that is signed with a private key. */
  public static String rs256(String claims, KeyPair keys) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      String signed = signedPart("RS256", claims);
      signature.update(signed.getBytes(UTF_8));
      return signed + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token that says that it needs no signature. */
  public static String unsigned(String claims) {
    return signedPart("none", claims) + ".";
  }

  private static String signedPart(String algorithm, String claims) {
    String header = "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}";
    return BASE64.encodeToString(header.getBytes(UTF_8))
        + "."
        + BASE64.encodeToString(claims.getBytes(UTF_8));
  }

  /** A new pair of RSA keys. */
  public static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public key, as a node's configuration takes it. */
  public static String pem(KeyPair keys) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }
}
