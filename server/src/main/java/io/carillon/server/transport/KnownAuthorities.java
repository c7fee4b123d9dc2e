package io.carillon.server.transport;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Authorities that clients are expected to trust.
 *
 * @param roots their certificates; empty if it is not known which authorities clients trust
 */
record KnownAuthorities(List<X509Certificate> roots) {

  KnownAuthorities {
    roots = List.copyOf(roots);
  }

  /** The authorities of this JDK, which are nearly the same as those of browsers. */
  static KnownAuthorities ofJdk() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      @Nullable KeyStore usual = null;
      factory.init(usual);
      return new KnownAuthorities(
          Stream.of(factory.getTrustManagers())
              .filter(X509TrustManager.class::isInstance)
              .flatMap(manager -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()))
              .toList());
    } catch (GeneralSecurityException e) {
      return new KnownAuthorities(List.of());
    }
  }

  boolean isEmpty() {
    return roots.isEmpty();
  }

  /**
   * Whether one of the authorities has signed a certificate, or has the same name and key as it.
   */
  boolean leadTo(X509Certificate certificate) {
    return roots.stream()
        .anyMatch(
            root ->
                CertificateChain.hasSigned(root, certificate)
                    || (root.getSubjectX500Principal().equals(certificate.getSubjectX500Principal())
                        && root.getPublicKey().equals(certificate.getPublicKey())));
  }
}
