package io.carillon.adapter.kit;

import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Recognises the failures of TLS that an operator can mend. */
public final class TlsFailures {

  private static final String RECEIVED = "Received fatal alert: ";

  /** The errors of a server that asks for a certificate and gets none that it accepts. */
  private static final List<String> ABOUT_CERTIFICATES =
      List.of(
          "certificate_required",
          "bad_certificate",
          "unsupported_certificate",
          "certificate_revoked",
          "certificate_expired",
          "certificate_unknown",
          "unknown_ca");

  private TlsFailures() {}

  /** Whether the node doesn't accept the server's certificate or its host name. */
  public static boolean isUntrusted(Throwable failure) {
    boolean tls = false;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      tls |= t instanceof SSLException;
      if (t instanceof SSLPeerUnverifiedException || (tls && t instanceof CertificateException)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the server doesn't accept the node's certificate, or misses one. */
  public static boolean isUnidentified(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (t instanceof SSLHandshakeException
          && ABOUT_CERTIFICATES.stream().anyMatch(alert -> message.contains(RECEIVED + alert))) {
        return true;
      }
    }
    return false;
  }

  /** Whether an exception of TLS says that; the JDK has no types of its own for some failures. */
  public static boolean isSaid(Throwable failure, String words) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SSLException && String.valueOf(t.getMessage()).contains(words)) {
        return true;
      }
    }
    return false;
  }
}
