package io.carillon.adapter.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.testkit.CertificateAuthority;
import io.carillon.testkit.CertificateAuthority.Issued;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which servers a node trusts, how it proves its own identity, and what is said of its files. */
@Timeout(60)
final class TlsTest {

  private static final TlsFiles.Keys KEYS =
      new TlsFiles.Keys("Broker", "tls.ca", "tls.certificate", "tls.key");

  @TempDir private static Path folder;

  private static Path ca;
  private static Issued node;

  /** The files of an authority that the server does not know, and that does not know the server. */
  private static Path otherCa;

  private static Issued stranger;

  private static SSLContext server;

  @BeforeAll
  static void makeCertificates() throws IOException {
    CertificateAuthority authority = new CertificateAuthority(Files.createDirectory(folder("one")));
    ca = authority.certificate();
    node = authority.issue("node");
    Issued own = authority.issue("server");
    CertificateAuthority other = new CertificateAuthority(Files.createDirectory(folder("other")));
    otherCa = other.certificate();
    stranger = other.issue("stranger");
    server = read(ca, own, Verification.CA).context();
  }

  private static Path folder(String name) {
    return folder.resolve(name);
  }

  private static Tls read(@Nullable Path authorities, @Nullable Issued own, Verification check) {
    return Tls.read(
        new TlsFiles(
            authorities,
            own == null ? null : own.certificate(),
            own == null ? null : own.key(),
            check),
        KEYS);
  }

  /**
   * A byte that comes from the server: in TLS 1.3 a client's handshake is over before the server
   * refuses the client's certificate.
   */
  private static void talk(SSLContext client, String host) throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getByName(host))) {
      Thread greeting = Thread.ofVirtual().start(() -> greet(listener));
      try (Socket socket = client.getSocketFactory().createSocket(host, listener.getLocalPort())) {
        assertThat(socket.getInputStream().read()).isEqualTo(7);
      } finally {
        greeting.join();
      }
    }
  }

  /** Closes the connection after the client: an earlier end could overtake the refusal. */
  private static void greet(ServerSocket listener) {
    try (Socket plain = listener.accept()) {
      try {
        SSLSocket tls =
            (SSLSocket) server.getSocketFactory().createSocket(plain, null, plain.getPort(), false);
        tls.setUseClientMode(false);
        tls.setNeedClientAuth(true);
        tls.getOutputStream().write(7);
      } finally {
        plain.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException refused) {
      // The client sees it, too.
    }
  }

  @Test
  void eachSideProvesItsIdentity() throws Exception {
    talk(read(ca, node, Verification.FULL).contextWithHostNames(), "127.0.0.1");
  }

  @Test
  void aServerOfAnUnknownAuthorityIsNotTrusted() {
    SSLContext client = read(otherCa, node, Verification.CA).contextWithHostNames();

    Throwable failure = catchThrowable(() -> talk(client, "127.0.0.1"));

    assertThat(TlsFailures.isUntrusted(failure)).isTrue();
    assertThat(TlsFailures.isUnidentified(failure)).isFalse();
  }

  @Test
  void theHostNameIsCheckedIfAskedFor() throws Exception {
    talk(read(ca, node, Verification.CA).contextWithHostNames(), "127.0.0.2");
    SSLContext full = read(ca, node, Verification.FULL).contextWithHostNames();

    Throwable failure = catchThrowable(() -> talk(full, "127.0.0.2"));

    assertThat(TlsFailures.isUntrusted(failure)).isTrue();
  }

  @Test
  void anyServerIsTrustedIfNothingIsChecked() throws Exception {
    talk(read(otherCa, node, Verification.NONE).contextWithHostNames(), "127.0.0.2");
  }

  @Test
  void aNodeWithoutACertificateThatTheServerAcceptsIsUnidentified() {
    for (Issued own : new @Nullable Issued[] {null, stranger}) {
      SSLContext client = read(ca, own, Verification.FULL).context();

      Throwable failure = catchThrowable(() -> talk(client, "127.0.0.1"));

      assertThat(TlsFailures.isUnidentified(failure)).as("%s", failure).isTrue();
      assertThat(TlsFailures.isUntrusted(failure)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-----BEGIN PRIVATE KEY-----;s3cret;-----END PRIVATE KEY----- | malformed",
        "-----BEGIN PRIVATE KEY-----;=s3cret=;-----END PRIVATE KEY----- | can't be used",
        "-----BEGIN RSA PRIVATE KEY-----;s3cret;-----END RSA PRIVATE KEY----- | PKCS #8",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----;s3cret;-----END ENCRYPTED PRIVATE KEY----- | PKCS"
            + " #8",
        "s3cret | PKCS #8"
      })
  void aKeyThatCantBeUsedIsNamedAndNotShown(String content, String reason) throws IOException {
    Path file = Files.createTempFile(folder, "wrong", ".key");
    Files.writeString(file, content.replace(';', '\n'));

    assertThatExceptionOfType(BrokerConfigurationException.class)
        .isThrownBy(() -> read(null, new Issued(node.certificate(), file), Verification.FULL))
        .withMessageStartingWith("Broker: tls.key: " + file + " can't be used: ")
        .withMessageContaining(reason)
        .withMessageContaining("expected")
        .withNoCause()
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @Test
  void aFileWithoutACertificateIsNamed() {
    assertThatExceptionOfType(BrokerConfigurationException.class)
        .isThrownBy(() -> read(node.key(), null, Verification.FULL))
        .withMessage(
            "Broker: tls.ca: %s can't be used: it holds no certificate (expected: certificates in PEM"
                    .formatted(node.key())
                + " form)");
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder("missing.pem");

    assertThatExceptionOfType(BrokerConfigurationException.class)
        .isThrownBy(() -> read(ca, new Issued(missing, node.key()), Verification.FULL))
        .withMessage(
            "Broker: tls.certificate: %s can't be read: there is no such file (expected: a file in"
                    .formatted(missing)
                + " PEM form)");
  }

  /** Operators keep a certificate and its key in one file. */
  @Test
  void aFileMayHoldBothCertificateAndKey() throws Exception {
    Path both =
        Files.writeString(
            folder("both.pem"),
            "a comment\n" + Files.readString(node.key()) + Files.readString(node.certificate()));

    talk(read(ca, new Issued(both, both), Verification.FULL).context(), "127.0.0.1");
  }
}
