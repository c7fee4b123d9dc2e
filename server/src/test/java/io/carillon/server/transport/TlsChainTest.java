package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The log of a listener about files with several certificates. */
@Isolated("reads what is logged")
class TlsChainTest {

  private static final TestChain CHAIN = new TestChain();
  private static final String ORDER =
      "expected: the server's certificate first, and behind each the one that has signed it";
  private static final String GAP =
      "the chain ends with certificate 1 (CN=server), which was signed by CN=Intermediate: the"
          + " issuer's certificate is not in the chain, and Java's trust store does not have it;"
          + " put the authorities' certificates behind it (many tools write them into"
          + " fullchain.pem); ignore this warning if your own authority signs directly and clients"
          + " trust it";

  @TempDir private Path folder = Path.of(".");

  @RegisterExtension private final TlsLog log = new TlsLog();
  private TlsFiles files = new TlsFiles(folder, folder, null);

  @BeforeEach
  void nameFiles() {
    files = new TlsFiles(folder.resolve("tls.pem"), folder.resolve("tls.key"), null);
  }

  private List<String> warnings() {
    return log.said(Level.WARN);
  }

  private void write(String... certificates) throws IOException {
    Files.writeString(files.certificate(), String.join("", certificates));
    Files.writeString(files.key(), CHAIN.key());
  }

  private TlsListener start() throws IOException {
    return new TlsListener(files, InstantSource.system(), Runnable::run);
  }

  private void isRefused(String why, String... certificates) throws IOException {
    write(certificates);
    String message = "tls.certificate: " + files.certificate() + ": " + why;

    assertThatIOException().isThrownBy(this::start).withMessage(message);
    assertThatIOException()
        .as("what doctor says")
        .isThrownBy(() -> files.read(InstantSource.system().instant()))
        .withMessage(message);
  }

  @Test
  void aWholeChainIsTakenWithItsRootAndIsNotWarnedOf() throws IOException {
    write(CHAIN.server(), CHAIN.intermediate(), CHAIN.root());

    start();

    assertThat(warnings()).isEmpty();
  }

  @Test
  void aMissingIntermediateIsWarnedOfAtTheStartAndWhenTheFileChanges() throws IOException {
    write(CHAIN.server());
    TlsListener listener = start();
    assertThat(warnings()).containsExactly("TLS certificate: " + files.certificate() + ": " + GAP);

    write(CHAIN.server(), CHAIN.intermediate(), CHAIN.root());
    listener.look();
    listener.look();
    assertThat(warnings()).hasSize(1);

    write(CHAIN.server(), CHAIN.intermediate());
    listener.look();
    listener.look();
    assertThat(warnings()).hasSize(2).last().asString().contains("certificate 2 (CN=Intermediate)");
  }

  @Test
  void aCertificateThatHasSignedItselfIsNotWarnedOf() throws IOException {
    TestPair.ec().write(files);

    start();

    assertThat(warnings()).isEmpty();
  }

  @Test
  void theServersCertificateBehindOthersIsAWrongOrder() throws IOException {
    String why = "wrong order: the key is that of certificate %d (CN=server); " + ORDER;

    isRefused(why.formatted(2), CHAIN.intermediate(), CHAIN.server());
    isRefused(why.formatted(3), CHAIN.root(), CHAIN.intermediate(), CHAIN.server());
  }

  @Test
  void theRootBeforeTheIntermediateIsAWrongOrder() throws IOException {
    isRefused(
        "wrong order: certificate 3 (CN=Intermediate) has signed certificate 1 (CN=server) and does"
            + " not stand right behind it; "
            + ORDER,
        CHAIN.server(),
        CHAIN.root(),
        CHAIN.intermediate());
  }

  @Test
  void aStrayCertificateIsNamed() throws IOException {
    isRefused(
        "certificate 3 (CN=Stray) does not belong to the chain: certificate 2 (CN=Intermediate) was"
            + " signed by CN=Root; remove it, or put the certificate of CN=Root before it",
        CHAIN.server(),
        CHAIN.intermediate(),
        CHAIN.stray());
    isRefused(
        "certificate 4 (CN=Stray) does not belong to the chain, which ends with certificate 3"
            + " (CN=Root): remove it",
        CHAIN.server(),
        CHAIN.intermediate(),
        CHAIN.root(),
        CHAIN.stray());
  }

  @Test
  void theRootBehindAChainWithoutItsIntermediateIsNamed() throws IOException {
    isRefused(
        "certificate 2 (CN=Root) does not belong to the chain: certificate 1 (CN=server) was signed"
            + " by CN=Intermediate; remove it, or put the certificate of CN=Intermediate before"
            + " it",
        CHAIN.server(),
        CHAIN.root());
  }

  @Test
  void aCertificateThatIsThereTwiceIsNamed() throws IOException {
    isRefused(
        "certificate 3 (CN=Intermediate) is there twice: remove one",
        CHAIN.server(),
        CHAIN.intermediate(),
        CHAIN.intermediate());
  }

  @Test
  void aCombinedFileIsReadForBoth() throws IOException {
    for (String combined :
        List.of(
            CHAIN.key() + CHAIN.server() + CHAIN.intermediate() + CHAIN.root(),
            CHAIN.server() + CHAIN.intermediate() + CHAIN.root() + CHAIN.key(),
            "Bag Attributes\n"
                + CHAIN.server()
                + CHAIN.key()
                + CHAIN.intermediate()
                + CHAIN.root())) {
      files = new TlsFiles(folder.resolve("both.pem"), folder.resolve("both.pem"), null);
      Files.writeString(files.key(), combined);

      start();
    }
    assertThat(warnings()).isEmpty();
  }

  @Test
  void aKeyInPlaceOfTheCertificateIsSaid() throws IOException {
    isRefused(
        "it holds a private key and no certificate (expected: certificates in PEM; tls.key is the"
            + " key's file)",
        CHAIN.key());
  }

  @Test
  void aDamagedCertificateIsNamed() throws IOException {
    isRefused(
        "certificate 2 in it is damaged (expected: PEM)",
        CHAIN.server(),
        TestPair.pem("CERTIFICATE", new byte[] {1, 2, 3}));
  }

  @Test
  void theKeyOfNoneOfThemIsStillNoKeyOfTheCertificate() throws IOException {
    write(CHAIN.server(), CHAIN.intermediate());
    Files.writeString(files.key(), TestPair.rsa().pemKey());

    assertThatIOException()
        .isThrownBy(this::start)
        .withMessage("tls.key: " + files.key() + ": it is not the key of the certificate");
  }
}
