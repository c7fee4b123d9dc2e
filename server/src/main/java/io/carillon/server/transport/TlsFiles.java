package io.carillon.server.transport;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of the listener's certificate and its key, both in PEM form.
 *
 * @param certificate the certificate, and after it those that lead to its authority
 * @param key the private key: PKCS#8, or the older forms that begin with {@code RSA} or {@code EC}
 * @param password the key's password; null if it has none
 */
public record TlsFiles(Path certificate, Path key, @Nullable String password) {

  /**
   * The content of the files.
   *
   * @param text the certificate, for people
   * @param expiry when it is no longer valid
   * @param warnings problems with which it is still usable
   */
  public record Summary(String text, Instant expiry, List<String> warnings) {

    public Summary {
      warnings = List.copyOf(warnings);
    }

    public boolean expiresBefore(Instant when) {
      return expiry.isBefore(when);
    }
  }

  /**
   * Reads the files as a listener would. Blocks.
   *
   * @throws IOException if they can't be used; the message is for people
   */
  public Summary read(Instant now) throws IOException {
    TlsIdentity identity = TlsIdentity.of(TlsIdentity.Content.of(this), this, now);
    return new Summary(
        identity.toString(), identity.certificate().getNotAfter().toInstant(), identity.warnings());
  }

  /** Without the password. */
  @Override
  public String toString() {
    return certificate + " with " + key;
  }
}
