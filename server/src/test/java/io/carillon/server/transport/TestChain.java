package io.carillon.server.transport;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A root, an intermediate authority and a server's certificate, and a root of another chain. */
public final class TestChain {

  private final X509Bundle root;
  private final X509Bundle intermediate;
  private final X509Bundle server;
  private final X509Bundle stray;

  public TestChain() {
    try {
      root = authority("CN=Root").buildSelfSigned();
      intermediate = authority("CN=Intermediate").buildIssuedBy(root);
      server = named("CN=server").addSanDnsName("localhost").rsa2048().buildIssuedBy(intermediate);
      stray = authority("CN=Stray").buildSelfSigned();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static CertificateBuilder authority(String name) {
    return named(name).ecp256().setIsCertificateAuthority(true);
  }

  private static CertificateBuilder named(String name) {
    Instant begin = Instant.now().minus(Duration.ofDays(1));
    return new CertificateBuilder()
        .subject(name)
        .notBefore(begin)
        .notAfter(begin.plus(Duration.ofDays(90)));
  }

  public String root() {
    return root.getCertificatePEM();
  }

  public String intermediate() {
    return intermediate.getCertificatePEM();
  }

  public String server() {
    return server.getCertificatePEM();
  }

  String stray() {
    return stray.getCertificatePEM();
  }

  /** The certificate of the server. */
  public String key() {
    return TestPair.pem("PRIVATE KEY", server.getKeyPair().getPrivate().getEncoded());
  }

  /** The file of a server that has its own certificate and no other. */
  public SSLContext serverAlone() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, new char[0]);
    store.setKeyEntry(
        "server",
        server.getKeyPair().getPrivate(),
        new char[0],
        new X509Certificate[] {server.getCertificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  X509Certificate rootCertificate() {
    return root.getCertificate();
  }
}
