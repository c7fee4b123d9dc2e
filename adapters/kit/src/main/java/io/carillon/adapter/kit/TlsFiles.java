package io.carillon.adapter.kit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files of a connection over TLS, and the checks; null for files that are not given.
 *
 * @param ca the certificates to which the server's certificate must lead, instead of the system's
 * @param certificate the node's own certificate, and the ones between it and its authority
 * @param key the private key of that certificate (PKCS #8)
 * @param verification whether the server must prove its identity
 */
public record TlsFiles(
    @Nullable Path ca, @Nullable Path certificate, @Nullable Path key, Verification verification) {

  /** The system's authorities, and no certificate of the node's own. */
  public static final TlsFiles NONE = new TlsFiles(null, null, null, Verification.FULL);

  /** Whether the server must prove its identity. */
  public enum Verification {
    /** Certificate and host name are checked. */
    FULL,
    /** The certificate is checked, the host name is not. */
    CA,
    /** Any certificate is accepted. */
    NONE
  }

  /**
   * The names under which operators configure the files, for errors.
   *
   * @param broker the broker's name, with which an error begins
   * @param ca the key of {@link TlsFiles#ca}
   * @param certificate the key of {@link TlsFiles#certificate}
   * @param key the key of {@link TlsFiles#key}
   */
  public record Keys(String broker, String ca, String certificate, String key) {}
}
