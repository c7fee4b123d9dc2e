package io.carillon.adapter.rabbitmq;

import io.carillon.adapter.rabbitmq.AmqpUri.Options;
import io.carillon.adapter.rabbitmq.AmqpUri.Verification;
import io.carillon.broker.BrokerConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The certificates that a node trusts on the other side of a TLS connection. */
final class Tls {

  private Tls() {}

  /**
   * A context for amqps: the system's certificate authorities, the file's, or no check at all.
   *
   * @throws BrokerConfigurationException if the file can't be used
   */
  static SSLContext context(Options options) {
    Path file = options.cacertfile();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust(options.verification(), file), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new BrokerConfigurationException(
          "RabbitMQ: cacertfile \"%s\" can't be used: %s (expected: certificates in PEM form)"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static TrustManager[] trust(Verification verification, @Nullable Path file)
      throws IOException, GeneralSecurityException {
    if (verification == Verification.NONE) {
      return new TrustManager[] {new TrustAnyone()};
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(file == null ? null : keyStore(file));
    return factory.getTrustManagers();
  }

  private static KeyStore keyStore(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + store.size(), c);
      }
    }
    if (store.size() == 0) {
      throw new IOException("it holds no certificate");
    }
    return store;
  }

  /** For {@code verify=verify_none}, which the operator has asked for. */
  private static final class TrustAnyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
