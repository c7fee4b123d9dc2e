package io.carillon.server.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A certificate and its key, proven to belong together.
 *
 * @param key signs for the certificate
 * @param chain the certificate, and after it those that lead to its authority
 */
record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {

  /** Chains have some kilobytes. */
  private static final int MAX_BYTES = 1 << 20;

  private static final byte[] CHALLENGE =
      "Whoever signs this has the key.".getBytes(StandardCharsets.US_ASCII);

  TlsIdentity {
    chain = List.copyOf(chain);
  }

  /**
   * The content of two files at one moment, not parsed yet.
   *
   * @param certificate the certificate's file
   * @param key the key's file
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by fingerprint only.
  record Content(byte[] certificate, byte[] key) {

    static Content of(TlsFiles files) throws IOException {
      return new Content(
          bytes("tls.certificate", files.certificate()), bytes("tls.key", files.key()));
    }

    private static byte[] bytes(String setting, Path file) throws IOException {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length <= MAX_BYTES) {
          return bytes;
        }
      } catch (NoSuchFileException e) {
        throw new IOException(setting + ": " + file + ": there is no such file", e);
      } catch (AccessDeniedException e) {
        throw new IOException(setting + ": " + file + ": this user may not read it", e);
      } catch (IOException e) {
        throw new IOException(
            setting + ": " + file + ": it can't be read: " + e.getMessage() + " (expected: a file)",
            e);
      }
      throw new IOException(
          setting + ": " + file + ": it is too long (expected: at most " + MAX_BYTES + " bytes)");
    }

    /** Equal for equal content. */
    String fingerprint() {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(digest.digest(certificate));
        return HexFormat.of().formatHex(digest.digest(key));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }

  /**
   * Parses the files, and proves that they can be used.
   *
   * @throws IOException if they can't be; the message is for people, in one line
   */
  static TlsIdentity of(Content content, TlsFiles files, Instant now) throws IOException {
    CertificateChain chain = chain(content.certificate(), files.certificate());
    X509Certificate leaf = chain.certificates().getFirst();
    PrivateKey key = key(content.key(), chain, files);
    Optional<String> fault = chain.fault();
    if (fault.isPresent()) {
      throw new IOException("tls.certificate: " + files.certificate() + ": " + fault.get());
    }
    requireValid(leaf, files.certificate(), now);
    return new TlsIdentity(key, chain.certificates());
  }

  private static CertificateChain chain(byte[] content, Path file) throws IOException {
    try {
      return new CertificateChain(PemCertificates.read(content));
    } catch (GeneralSecurityException e) {
      throw new IOException("tls.certificate: " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * The key of the first certificate. If it belongs to another certificate of the chain, the order
   * is wrong.
   */
  private static PrivateKey key(byte[] content, CertificateChain chain, TlsFiles files)
      throws IOException {
    String pem = new String(content, StandardCharsets.ISO_8859_1);
    try {
      return key(pem, files, chain.certificates().getFirst());
    } catch (GeneralSecurityException e) {
      for (int i = 1; i < chain.certificates().size(); i++) {
        if (isKey(pem, files, chain.certificates().get(i))) {
          throw new IOException(
              "tls.certificate: %s: wrong order: the key is that of %s; %s"
                  .formatted(files.certificate(), chain.name(i), CertificateChain.ORDER),
              e);
        }
      }
      throw new IOException("tls.key: " + files.key() + ": " + e.getMessage(), e);
    }
  }

  private static PrivateKey key(String pem, TlsFiles files, X509Certificate certificate)
      throws GeneralSecurityException {
    PrivateKey key = PemPrivateKey.read(pem, files.password(), certificate.getPublicKey());
    requireMatch(key, certificate);
    return key;
  }

  private static boolean isKey(String pem, TlsFiles files, X509Certificate certificate) {
    try {
      key(pem, files, certificate);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static void requireMatch(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(CHALLENGE);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(CHALLENGE);
    if (!verifies(signature, signed)) {
      throw new GeneralSecurityException("it is not the key of the certificate");
    }
  }

  /** A signature by a key of another size looks malformed to this key. */
  private static boolean verifies(Signature signature, byte[] signed) {
    try {
      return signature.verify(signed);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  private static void requireValid(X509Certificate certificate, Path file, Instant now)
      throws IOException {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isAfter(until)) {
      throw new IOException("tls.certificate: " + file + ": it has expired on " + until);
    }
    if (now.isBefore(from)) {
      throw new IOException("tls.certificate: " + file + ": it is not valid before " + from);
    }
  }

  /** Problems with which the certificate is still usable, for people. */
  List<String> warnings() {
    return new CertificateChain(chain)
        .gap().stream().map(gap -> gap + "; " + CertificateChain.ADVICE).toList();
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  /** For people. */
  @Override
  public String toString() {
    return "%s, serial %s, valid until %s"
        .formatted(
            certificate().getSubjectX500Principal().getName(),
            certificate().getSerialNumber().toString(16),
            certificate().getNotAfter().toInstant());
  }
}
