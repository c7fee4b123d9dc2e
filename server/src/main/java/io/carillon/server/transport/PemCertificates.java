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
 * Reads the certificates of a file in PEM form. Other content is skipped, such as the key of a
 * combined file or the text that tools write above a certificate. A certificate that is cut off
 * makes the file unusable, because clients could not follow the rest of the chain. A file without
 * any such block may be one that the JDK reads: DER, or PKCS#7.
 */
final class PemCertificates {

  private static final Pattern BEGIN =
      Pattern.compile("-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----");

  private PemCertificates() {}

  /**
   * @return at least one
   * @throws GeneralSecurityException if there is none; the message is for people
   */
  static List<X509Certificate> read(byte[] content) throws GeneralSecurityException {
    String text = new String(content, ISO_8859_1);
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher begin = BEGIN.matcher(text);
    while (begin.find()) {
      int number = certificates.size() + 1;
      certificates.add(certificate(body(text, begin, number), number));
    }
    if (!certificates.isEmpty()) {
      return certificates;
    }
    if (PemPrivateKey.BEGIN.matcher(text).find()) {
      throw new GeneralSecurityException(
          "it holds a private key and no certificate (expected: certificates in PEM; tls.key is the"
              + " key's file)");
    }
    return readAnyhow(content);
  }

  /** A cut-off certificate would otherwise be skipped, or end with the next one. */
  private static String body(String text, Matcher begin, int number)
      throws GeneralSecurityException {
    String last = "-----END " + begin.group(1) + "-----";
    int end = text.indexOf(last, begin.end());
    int next = text.indexOf("-----BEGIN ", begin.end());
    if (end < 0 || (next >= 0 && next < end)) {
      throw new GeneralSecurityException(
          "certificate %d in it has no end (expected: PEM, up to the line %s)"
              .formatted(number, last));
    }
    return text.substring(begin.end(), end);
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
