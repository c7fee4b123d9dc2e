package io.carillon.adapter.kit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.carillon.broker.BrokerConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file in PEM form that an operator has configured. Every failure names the key and the file, and
 * none quotes the file's content.
 *
 * @param owner what every error begins with: the broker and the key
 */
record PemFile(String owner, Path path) {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  /** The kinds of keys that certificates usually have. */
  private static final List<String> KEY_KINDS = List.of("EC", "RSA", "EdDSA");

  /**
   * All certificates of the file, in their order; at least one.
   *
   * @throws BrokerConfigurationException if it has none or can't be read
   */
  List<Certificate> certificates() {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<Certificate> found = new ArrayList<>();
      for (byte[] block : blocks("CERTIFICATE")) {
        found.add(factory.generateCertificate(new ByteArrayInputStream(block)));
      }
      if (found.isEmpty()) {
        throw unusable("it holds no certificate", "certificates in PEM form");
      }
      return found;
    } catch (CertificateException e) {
      throw unusable("it holds a malformed certificate", "certificates in PEM form");
    }
  }

  /**
   * The first private key of the file.
   *
   * @throws BrokerConfigurationException if it has none that can be read
   */
  PrivateKey privateKey() {
    List<byte[]> keys = blocks("PRIVATE KEY");
    if (keys.isEmpty()) {
      throw unusable("it holds no private key of this form", "PEM, PKCS #8, \"BEGIN PRIVATE KEY\"");
    }
    PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(keys.getFirst());
    for (String kind : KEY_KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(key);
      } catch (InvalidKeySpecException another) {
        // The next kind.
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this JDK has no " + kind, e);
      }
    }
    throw unusable("its private key is malformed or of another kind", String.join(", ", KEY_KINDS));
  }

  /** The decoded blocks with this label. */
  private List<byte[]> blocks(String label) {
    List<byte[]> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(text());
    while (block.find()) {
      if (block.group(1).equals(label)) {
        found.add(decode(block.group(2)));
      }
    }
    return found;
  }

  private byte[] decode(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw unusable("it is no Base64 between its BEGIN and END", "a file in PEM form");
    }
  }

  private String text() {
    try {
      return Files.readString(path, ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw unreadable("there is no such file");
    } catch (IOException e) {
      throw unreadable(e.getClass().getSimpleName());
    }
  }

  private BrokerConfigurationException unreadable(String reason) {
    return new BrokerConfigurationException(
        "%s: %s can't be read: %s (expected: a file in PEM form)".formatted(owner, path, reason));
  }

  private BrokerConfigurationException unusable(String reason, String expectation) {
    return new BrokerConfigurationException(
        "%s: %s can't be used: %s (expected: %s)".formatted(owner, path, reason, expectation));
  }
}
