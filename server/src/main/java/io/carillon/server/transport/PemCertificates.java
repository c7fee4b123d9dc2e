package io.carillon.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the certificates of a file in PEM form. What else stands in it is skipped, such as the key
 * of a combined file or the text that tools write above a certificate. A file without any such
 * block may be one that the JDK reads: DER, or PKCS#7.
 */
final class PemCertificates {

  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private static final Pattern KEY = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");

  private PemCertificates() {}

  /**
   * @return at least one
   * @throws GeneralSecurityException when there is none; the message is for people
   */
  static List<X509Certificate> read(byte[] content) throws GeneralSecurityException {
    String text = new String(content, ISO_8859_1);
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      certificates.add(certificate(block.group(2), certificates.size() + 1));
    }
    if (!certificates.isEmpty()) {
      return certificates;
    }
    if (KEY.matcher(text).find()) {
      throw new GeneralSecurityException(
          "it holds a private key and no certificate (expected: certificates in PEM; tls.key is the"
              + " key's file)");
    }
    return readAnyhow(content);
  }

  private static X509Certificate certificate(String body, int number)
      throws GeneralSecurityException {
    try {
      return (X509Certificate)
          factory()
              .generateCertificate(
                  new ByteArrayInputStream(Base64.getMimeDecoder().decode(body.strip())));
    } catch (CertificateException | IllegalArgumentException e) {
      throw new GeneralSecurityException(
          "certificate %d in it is damaged (expected: PEM)".formatted(number), e);
    }
  }

  private static List<X509Certificate> readAnyhow(byte[] content) throws GeneralSecurityException {
    try {
      List<X509Certificate> certificates =
          factory().generateCertificates(new ByteArrayInputStream(content)).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (CertificateException e) {
      throw new GeneralSecurityException("it holds no certificate (expected: PEM)", e);
    }
    throw new GeneralSecurityException("it holds no certificate (expected: PEM)");
  }

  private static CertificateFactory factory() throws CertificateException {
    return CertificateFactory.getInstance("X.509");
  }
}
