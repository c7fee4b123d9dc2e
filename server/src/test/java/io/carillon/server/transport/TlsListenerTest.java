package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Which pairs of certificate and key are accepted, and when. */
@Isolated("reads what is logged")
class TlsListenerTest {

  private static final InstantSource CLOCK = InstantSource.system();

  /** Before the key itself, in PKCS#8 of an RSA key of 2,048 bits. */
  private static final int PKCS8_HEADER = 26;

  @TempDir private Path folder = Path.of(".");

  @RegisterExtension private final TlsLog log = new TlsLog();
  private TlsFiles files = new TlsFiles(folder, folder, null);

  @BeforeEach
  void nameFiles() {
    files = new TlsFiles(folder.resolve("tls.pem"), folder.resolve("tls.key"), null);
  }

  private List<String> said(Level level) {
    return log.said(level);
  }

  private TlsListener start() throws IOException {
    return start(CLOCK);
  }

  private TlsListener start(InstantSource clock) throws IOException {
    return new TlsListener(files, clock, Runnable::run);
  }

  @Test
  void takesAnotherPairOnceItIsNoLongerInMotion() throws IOException {
    TestPair.ec().write(files);
    TlsListener listener = start();
    TestPair.rsa().write(files);

    listener.look();
    assertThat(said(Level.INFO)).hasSize(1);
    listener.look();
    assertThat(said(Level.INFO)).hasSize(2).last().asString().contains("New connections");
    listener.look();
    assertThat(said(Level.INFO)).hasSize(2);
    assertThat(said(Level.WARN)).isEmpty();
  }

  @Test
  void keepsTheOldPairAndWarnsOnceForEachContentThatIsNone() throws IOException {
    TestPair.ec().write(files);
    TlsListener listener = start();

    Files.writeString(files.certificate(), TestPair.ec().certificate());
    for (int i = 0; i < 5; i++) {
      listener.look();
    }
    assertThat(said(Level.WARN)).singleElement().asString().contains("not the key of");

    Files.delete(files.key());
    for (int i = 0; i < 5; i++) {
      listener.look();
    }
    assertThat(said(Level.WARN)).hasSize(2).last().asString().contains("there is no such file");
    assertThat(said(Level.INFO)).hasSize(1);
  }

  @Test
  void takesACertificateOnceItIsValid() throws IOException {
    TestPair.ec().write(files);
    AtomicReference<Instant> now = new AtomicReference<>(CLOCK.instant());
    TlsListener listener = start(now::get);
    TestPair.early().write(files);
    for (int i = 0; i < 5; i++) {
      listener.look();
    }
    assertThat(said(Level.WARN)).singleElement().asString().contains("it is not valid before");

    now.set(CLOCK.instant().plus(Duration.ofDays(2)));
    listener.look();

    assertThat(said(Level.INFO)).hasSize(2).last().asString().contains("New connections");
    assertThat(said(Level.WARN)).hasSize(1);
  }

  @Test
  void saysNothingWhereTheOldContentComesBack() throws IOException {
    TestPair old = TestPair.ec();
    old.write(files);
    TlsListener listener = start();
    Files.writeString(files.key(), "half");
    listener.look();
    old.write(files);

    listener.look();
    listener.look();

    assertThat(log.size()).isEqualTo(1);
  }

  @Test
  void doesNotReadOnWithoutEnd() throws IOException {
    TestPair pair = TestPair.ec();
    pair.write(files);
    Files.write(files.key(), new byte[(1 << 20) + 1]);

    assertThatIOException()
        .isThrownBy(this::start)
        .withMessageStartingWith("tls.key: " + files.key() + ": it is too long");
  }

  @Test
  void readsTheOldFormsOfKeys() throws Exception {
    TestPair rsa = TestPair.rsa();
    rsa.write(files);
    Files.writeString(
        files.key(),
        TestPair.pem(
            "RSA PRIVATE KEY", Arrays.copyOfRange(rsa.key(), PKCS8_HEADER, rsa.key().length)));

    assertThat(files.read(CLOCK.instant()).text()).startsWith("CN=localhost, serial ");
  }

  @Test
  void saysWhyAPairCannotBeUsed() throws IOException {
    TestPair pair = TestPair.ec();
    pair.write(files);
    Files.writeString(files.key(), TestPair.rsa().pemKey());
    assertThatIOException()
        .isThrownBy(this::start)
        .withMessage("tls.key: " + files.key() + ": it holds no key of the certificate's kind, EC");

    Files.writeString(files.key(), pair.certificate());
    assertThatIOException().isThrownBy(this::start).withMessageContaining("no private key");

    Files.writeString(files.certificate(), pair.pemKey());
    assertThatIOException().isThrownBy(this::start).withMessageContaining("no certificate");

    pair.write(files);
    assertThatIOException()
        .isThrownBy(() -> files.read(Instant.parse("2100-01-01T00:00:00Z")))
        .withMessageContaining("it has expired on");
    assertThatIOException()
        .isThrownBy(() -> files.read(Instant.EPOCH))
        .withMessageContaining("it is not valid before");
  }
}
