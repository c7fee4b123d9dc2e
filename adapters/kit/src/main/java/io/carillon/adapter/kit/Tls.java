package io.carillon.adapter.kit;

import io.carillon.broker.BrokerConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificates and keys that a node uses in TLS, in the forms that drivers take. Immutable.
 *
 * <p>A driver that compares the server's certificate with the host name takes {@link #context} or
 * the factories; one that doesn't takes {@link #contextWithHostNames}.
 */
public final class Tls {

  private static final char[] NO_PASSWORD = {};

  private final TlsFiles.Verification verification;
  private final TrustManagerFactory trust;
  private final @Nullable KeyManagerFactory keys;

  private Tls(
      TlsFiles.Verification verification,
      TrustManagerFactory trust,
      @Nullable KeyManagerFactory keys) {
    this.verification = verification;
    this.trust = trust;
    this.keys = keys;
  }

  /**
   * Reads the files.
   *
   * @throws BrokerConfigurationException if a file can't be used; the message names its key and the
   *     file, and shows nothing of its content
   */
  public static Tls read(TlsFiles files, TlsFiles.Keys names) {
    try {
      return new Tls(files.verification(), trust(files.ca(), names), keys(files, names));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }

  private static TrustManagerFactory trust(@Nullable Path ca, TlsFiles.Keys names)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore authorities = null;
    if (ca != null) {
      authorities = empty();
      for (Certificate one : pem(names, names.ca(), ca).certificates()) {
        authorities.setCertificateEntry("ca-" + authorities.size(), one);
      }
    }
    factory.init(authorities);
    return factory;
  }

  private static @Nullable KeyManagerFactory keys(TlsFiles files, TlsFiles.Keys names)
      throws GeneralSecurityException, IOException {
    Path certificate = files.certificate();
    Path key = files.key();
    if (certificate == null || key == null) {
      return null;
    }
    List<Certificate> chain = pem(names, names.certificate(), certificate).certificates();
    KeyStore store = empty();
    store.setKeyEntry(
        "node",
        pem(names, names.key(), key).privateKey(),
        NO_PASSWORD,
        chain.toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory;
  }

  private static PemFile pem(TlsFiles.Keys names, String key, Path path) {
    return new PemFile(names.broker() + ": " + key, path);
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** Whether the server must prove its identity. */
  public TlsFiles.Verification verification() {
    return verification;
  }

  /** The authorities, whatever {@link #verification} is. */
  public TrustManagerFactory trust() {
    return trust;
  }

  /** The node's certificate with its key; null for none. */
  public @Nullable KeyManagerFactory keys() {
    return keys;
  }

  /** A context that compares no host name; the driver does, unless the verification says no. */
  public SSLContext context() {
    return context(
        verification == TlsFiles.Verification.NONE
            ? new TrustManager[] {new TrustAnyone()}
            : trust.getTrustManagers());
  }

  /**
   * A context that compares the server's certificate with the host name if the verification asks
   * for that.
   */
  public SSLContext contextWithHostNames() {
    if (verification != TlsFiles.Verification.FULL) {
      return context();
    }
    for (TrustManager manager : trust.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager checking) {
        return context(new TrustManager[] {new HostNameCheck(checking)});
      }
    }
    throw new IllegalStateException("this JDK checks no host names");
  }

  private SSLContext context(TrustManager[] trusted) {
    try {
      KeyManager @Nullable [] own = keys == null ? null : keys.getKeyManagers();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own, trusted, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }
}
