package io.carillon.adapter.nats;

import io.carillon.broker.BrokerConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the TLS context of a node from {@link TlsFiles}. */
final class Tls {

  private static final char[] NO_PASSWORD = {};

  /** The kinds of keys that certificates usually have. */
  private static final List<String> KEYS = List.of("EC", "RSA", "EdDSA");

  private Tls() {}

  /**
   * A context that checks the server's certificate and its host name.
   *
   * @throws BrokerConfigurationException if a file can't be used
   */
  static SSLContext context(TlsFiles files) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(files.certificate(), files.key()), trust(files.ca()), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new BrokerConfigurationException("NATS: TLS can't be used: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] trust(@Nullable Path ca) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(ca == null ? null : authorities(ca));
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager checking) {
        return new TrustManager[] {new HostNameCheck(checking)};
      }
    }
    throw new NoSuchAlgorithmException("this JDK checks no host names");
  }

  private static KeyStore authorities(Path file) throws GeneralSecurityException {
    KeyStore store = empty();
    for (Certificate certificate : certificates(file)) {
      store.setCertificateEntry("ca-" + store.size(), certificate);
    }
    return store;
  }

  private static KeyManager @Nullable [] keys(@Nullable Path certificate, @Nullable Path key)
      throws GeneralSecurityException {
    if (certificate == null || key == null) {
      return null;
    }
    KeyStore store = empty();
    store.setKeyEntry(
        "node",
        privateKey(key),
        NO_PASSWORD,
        certificates(certificate).toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (IOException e) {
      throw new IllegalStateException("an empty store is read from nowhere", e);
    }
  }

  private static Collection<? extends Certificate> certificates(Path file) {
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
      if (found.isEmpty()) {
        throw unusable(file, "it holds no certificate", null);
      }
      return found;
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static PrivateKey privateKey(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      String body =
          text.replaceAll("(?s).*-----BEGIN PRIVATE KEY-----", "")
              .replaceAll("(?s)-----END PRIVATE KEY-----.*", "");
      PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body));
      for (String kind : KEYS) {
        try {
          return KeyFactory.getInstance(kind).generatePrivate(key);
        } catch (InvalidKeySpecException another) {
          // The next kind.
        }
      }
      throw unusable(file, "it holds no private key in PKCS #8 form", null);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw unusable(file, e.getClass().getSimpleName(), e);
    }
  }

  private static BrokerConfigurationException unusable(
      Path file, String why, @Nullable Exception cause) {
    String message =
        "NATS: \"%s\" can't be used: %s (expected: a file in PEM form)".formatted(file, why);
    return cause == null
        ? new BrokerConfigurationException(message)
        : new BrokerConfigurationException(message, cause);
  }
}
