package io.carillon.server.transport;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A certificate for localhost, which it has signed itself, and its key.
 *
 * @param certificate in PEM form
 * @param key PKCS#8, not in PEM form
 */
@SuppressWarnings("ArrayRecordComponent") // Instances are never compared.
record TestPair(String certificate, byte[] key) {

  private static final Duration DAY = Duration.ofDays(1);

  static TestPair ec() {
    return of(validFrom(Instant.now().minus(DAY)).ecp256());
  }

  static TestPair rsa() {
    return of(validFrom(Instant.now().minus(DAY)).rsa2048());
  }

  /** A certificate that is valid from tomorrow on. */
  static TestPair early() {
    return of(validFrom(Instant.now().plus(DAY)).ecp256());
  }

  private static CertificateBuilder validFrom(Instant begin) {
    return new CertificateBuilder()
        .subject("CN=localhost")
        .notBefore(begin)
        .notAfter(begin.plus(DAY.multipliedBy(90)))
        .setIsCertificateAuthority(true);
  }

  private static TestPair of(CertificateBuilder builder) {
    try {
      X509Bundle bundle = builder.buildSelfSigned();
      return new TestPair(
          bundle.getCertificatePEM(), bundle.getKeyPair().getPrivate().getEncoded());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static String pem(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(content), kind);
  }

  String pemKey() {
    return pem("PRIVATE KEY", key);
  }

  void write(TlsFiles files) throws IOException {
    Files.writeString(files.certificate(), certificate);
    Files.writeString(files.key(), pemKey());
  }
}
