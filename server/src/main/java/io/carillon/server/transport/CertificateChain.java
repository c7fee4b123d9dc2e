package io.carillon.server.transport;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * The certificates that a server shows: its own, and after each the one that has signed it (RFC
 * 8446, 4.4.2). The root may be missing, because clients have it.
 *
 * @param certificates at least one
 */
public record CertificateChain(List<X509Certificate> certificates) {

  /** What to do if there is a {@link #gap}. */
  public static final String ADVICE =
      "put the authorities' certificates behind it (many tools write them into fullchain.pem);"
          + " ignore this warning if your own authority signs directly and clients trust it";

  static final String ORDER =
      "expected: the server's certificate first, and behind each the one that has signed it";

  public CertificateChain {
    certificates = List.copyOf(certificates);
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("certificates: none (expected: at least one)");
    }
  }

  /** What is wrong with the order of the certificates, for people; empty if it is right. */
  public Optional<String> fault() {
    for (int i = 1; i < certificates.size(); i++) {
      X509Certificate found = certificates.get(i);
      X509Certificate before = certificates.get(i - 1);
      if (certificates.subList(0, i).contains(found)) {
        return Optional.of(name(i) + " is there twice: remove one");
      }
      if (!hasSigned(found, before)) {
        return Optional.of(misplaced(i));
      }
    }
    return Optional.empty();
  }

  private String misplaced(int index) {
    X509Certificate before = certificates.get(index - 1);
    if (hasSigned(before, before)) {
      return "%s does not belong to the chain, which ends with %s: remove it"
          .formatted(name(index), name(index - 1));
    }
    for (int i = index + 1; i < certificates.size(); i++) {
      if (hasSigned(certificates.get(i), before)) {
        return "wrong order: %s has signed %s and does not stand right behind it; %s"
            .formatted(name(i), name(index - 1), ORDER);
      }
    }
    return "%s does not belong to the chain: %s was signed by %s; remove it, or put the certificate of %s before it"
        .formatted(name(index), name(index - 1), issuer(before), issuer(before));
  }

  /**
   * Why clients may not be able to follow the chain to an authority, for people; empty if they can.
   * {@link #ADVICE} belongs to it. Reads the JDK's trust store: blocks.
   */
  public Optional<String> gap() {
    return gap(KnownAuthorities.ofJdk());
  }

  Optional<String> gap(KnownAuthorities authorities) {
    X509Certificate last = certificates.getLast();
    if (hasSigned(last, last)
        || authorities.isEmpty()
        || certificates.stream().anyMatch(authorities::leadTo)) {
      return Optional.empty();
    }
    return Optional.of(
        "the chain ends with %s, which was signed by %s: the issuer's certificate is not in the chain, and Java's trust store does not have it"
            .formatted(name(certificates.size() - 1), issuer(last)));
  }

  /** A certificate's name by its place, counted from 1. */
  String name(int index) {
    return "certificate %d (%s)"
        .formatted(index + 1, certificates.get(index).getSubjectX500Principal().getName());
  }

  private static String issuer(X509Certificate certificate) {
    return certificate.getIssuerX500Principal().getName();
  }

  static boolean hasSigned(X509Certificate issuer, X509Certificate certificate) {
    if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
