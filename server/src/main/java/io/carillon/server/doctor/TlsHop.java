package io.carillon.server.doctor;

import io.carillon.part.Finding;
import io.carillon.server.transport.CertificateChain;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Whether a client would accept the certificate of a server, and why not. */
final class TlsHop {

  private static final String SUBJECT = "tls";

  private final String host;
  private final SSLSocketFactory trusting;
  private final Instant now;

  /** Connects. */
  interface Dialer {
    Socket dial() throws IOException;
  }

  TlsHop(String host, SSLSocketFactory trusting, Instant now) {
    this.host = host;
    this.trusting = trusting;
    this.now = now;
  }

  List<Finding> run(Dialer dialer) throws IOException {
    CertificateChain chain = chainOf(dialer);
    X509Certificate shown = chain.certificates().getFirst();
    Instant expiry = shown.getNotAfter().toInstant();
    if (now.isAfter(expiry)) {
      return List.of(Finding.fail(SUBJECT, "the certificate has expired on " + expiry, "renew it"));
    }
    try (SSLSocket socket = trusting(trusting, dialer.dial(), host)) {
      String text = "%s, valid until %s".formatted(socket.getSession().getProtocol(), expiry);
      List<Finding> findings = new ArrayList<>();
      findings.add(
          expiry.isBefore(now.plus(CertificateCheck.SOON))
              ? Finding.warn(SUBJECT, text, "renew it")
              : Finding.ok(SUBJECT, text));
      chain
          .fault()
          .ifPresent(
              fault -> findings.add(Finding.warn(SUBJECT, fault, "some clients refuse that")));
      return findings;
    } catch (IOException e) {
      return List.of(explain(e, chain));
    }
  }

  private Finding explain(IOException failure, CertificateChain chain) {
    X509Certificate shown = chain.certificates().getFirst();
    String why = rootMessage(failure);
    if (isOfName(why)) {
      return Finding.fail(
          SUBJECT,
          "the certificate is for %s and not for %s".formatted(names(shown), host),
          "use one of these names, or a certificate for this one");
    }
    Optional<String> wrong = chain.fault().or(chain::gap);
    if (wrong.isPresent()) {
      return Finding.fail(
          SUBJECT,
          "the certificate isn't trusted: " + wrong.get(),
          "serve the whole chain (many tools write it into fullchain.pem); for an authority of your"
              + " own give --ca FILE, and clients its certificate");
    }
    return Finding.fail(
        SUBJECT,
        "the certificate of %s isn't trusted: %s"
            .formatted(shown.getIssuerX500Principal().getName(), why),
        "serve the whole chain; for an authority of your own give --ca FILE, and clients its"
            + " certificate");
  }

  /**
   * The JDK's reasons for a certificate of another host name, and for a name that no certificate
   * can have.
   */
  private static boolean isOfName(String why) {
    return why.contains("subject alternative")
        || why.startsWith("No name matching")
        || why.contains("non-LDH");
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static String names(X509Certificate certificate) {
    try {
      var names = certificate.getSubjectAlternativeNames();
      return names == null
          ? "no name at all"
          : String.join(", ", names.stream().map(name -> String.valueOf(name.get(1))).toList());
    } catch (CertificateParsingException e) {
      return "names that can't be read";
    }
  }

  private CertificateChain chainOf(Dialer dialer) throws IOException {
    try (SSLSocket socket = anyhow(dialer.dial(), host)) {
      return new CertificateChain(
          Stream.of(socket.getSession().getPeerCertificates())
              .map(X509Certificate.class::cast)
              .toList());
    } catch (IOException e) {
      throw new IOException("TLS: " + UrlCheck.reason(e) + " (is the port one for wss://?)", e);
    }
  }

  /** Connects over TLS with any certificate, to read the certificate and to test the server. */
  static SSLSocket anyhow(Socket socket, String host) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anyone()}, null);
      return handshake(context.getSocketFactory(), socket, host, "");
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Connects over TLS as a client does, and verifies the host name. */
  static SSLSocket trusting(SSLSocketFactory factory, Socket socket, String host)
      throws IOException {
    return handshake(factory, socket, host, "HTTPS");
  }

  private static SSLSocket handshake(
      SSLSocketFactory factory, Socket socket, String host, String identification)
      throws IOException {
    SSLSocket tls = (SSLSocket) factory.createSocket(socket, host, socket.getPort(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(identification);
    tls.setSSLParameters(parameters);
    try {
      tls.startHandshake();
      return tls;
    } catch (IOException e) {
      tls.close();
      throw e;
    }
  }

  /** Accepts every certificate; no secret is sent over such a connection. */
  private static final class Anyone extends X509ExtendedTrustManager {
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
