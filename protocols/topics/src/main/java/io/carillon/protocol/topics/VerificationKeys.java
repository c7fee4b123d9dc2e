package io.carillon.protocol.topics;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads public RSA keys: one in PEM (a key or a certificate), or the signing ones of a JWKS. */
public final class VerificationKeys {

  private static final String EXPECTED =
      " (expected: a public RSA key or certificate in PEM, or a JWKS)";

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  /** A token that names no key is tried with each key. */
  private static final int MAX_KEYS = 16;

  private VerificationKeys() {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it holds no usable key; the message says why
   */
  public static List<VerificationKey> read(Path file) {
    String text;
    try {
      text = Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException("the file " + file + " can't be read" + EXPECTED, e);
    }
    try {
      return text.startsWith("{") ? jwks(text) : List.of(new VerificationKey("", pem(text)));
    } catch (ParseException | JOSEException | GeneralSecurityException e) {
      throw new IllegalArgumentException("the file " + file + " holds no key" + EXPECTED, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the file " + file + ": " + e.getMessage(), e);
    }
  }

  private static List<VerificationKey> jwks(String text) throws ParseException, JOSEException {
    List<VerificationKey> keys = new ArrayList<>();
    for (JWK key : JWKSet.parse(text).getKeys()) {
      if (key instanceof RSAKey rsa && isForRs256(key)) {
        String id = rsa.getKeyID() == null ? "" : rsa.getKeyID();
        keys.add(new VerificationKey(id, rsa.toRSAPublicKey()));
      }
    }
    if (keys.isEmpty() || keys.size() > MAX_KEYS) {
      throw new IllegalArgumentException(
          keys.size() + " RSA keys for RS256 signatures (expected: 1 to " + MAX_KEYS + ")");
    }
    return keys;
  }

  /** A key with a declared use is for nothing else. */
  private static boolean isForRs256(JWK key) {
    boolean forSigning = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
    return forSigning
        && (key.getAlgorithm() == null || key.getAlgorithm().equals(JWSAlgorithm.RS256));
  }

  private static RSAPublicKey pem(String text) throws GeneralSecurityException {
    Matcher form = PEM.matcher(text);
    if (!form.find()) {
      throw new GeneralSecurityException("no PEM");
    }
    byte[] der = Base64.getMimeDecoder().decode(form.group(2));
    PublicKey key =
        switch (form.group(1)) {
          case "PUBLIC KEY" ->
              KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
          case "CERTIFICATE" ->
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der))
                  .getPublicKey();
          default ->
              throw new IllegalArgumentException(
                  form.group(1) + " (expected: PUBLIC KEY or CERTIFICATE)");
        };
    if (key instanceof RSAPublicKey rsa) {
      return rsa;
    }
    throw new IllegalArgumentException(key.getAlgorithm() + " (expected: RSA)");
  }
}
