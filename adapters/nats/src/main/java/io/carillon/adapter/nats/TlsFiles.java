package io.carillon.adapter.nats;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files of a connection over TLS; null for those that are not given.
 *
 * @param ca the certificates to which the server's certificate must lead, instead of the system's
 * @param certificate the node's own certificate, and the ones between it and its authority
 * @param key the private key of that certificate (PKCS #8)
 */
public record TlsFiles(@Nullable Path ca, @Nullable Path certificate, @Nullable Path key) {

  /** The system's authorities, and no certificate of the node's own. */
  public static final TlsFiles NONE = new TlsFiles(null, null, null);
}
