package io.carillon.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The certificates that a command accepts over wss and https. */
final class TrustOption {

  @Option(
      names = "--ca",
      order = -4,
      paramLabel = "FILE",
      description = "An authority (PEM) to trust over TLS, instead of the JDK's.")
  private @Nullable Path ca;

  /**
   * Trusts the given authority, or those of the JDK if none is given.
   *
   * @throws IOException if the file can't be used
   */
  SSLContext context() throws IOException {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(ca == null ? null : storeOf(ca));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IOException(
          "--ca: " + ca + ": it can't be used (expected: certificates in PEM)", e);
    }
  }

  private static KeyStore storeOf(Path ca) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(ca)) {
      for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + store.size(), c);
      }
    }
    if (store.size() == 0) {
      throw new CertificateException("empty");
    }
    return store;
  }

  /** Why a certificate isn't accepted, and what to do; empty for another failure. */
  static String distrust(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return "its certificate isn't trusted (%s); for an authority of your own give --ca FILE"
            .formatted(withoutClasses(String.valueOf(cause.getMessage())));
      }
    }
    return "";
  }

  /** The JDK puts names of exceptions between its reasons. */
  private static String withoutClasses(String message) {
    return message.replaceAll("(?:[a-z]+\\.)+\\w+Exception: ", "");
  }
}
