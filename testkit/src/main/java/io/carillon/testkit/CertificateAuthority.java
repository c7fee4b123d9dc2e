package io.carillon.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate authority of a test's own, whose certificates are good for this machine and two
 * days. The JDK's keytool makes them. Used by one thread.
 */
public final class CertificateAuthority {

  private static final String AUTHORITY = "authority";

  /** Protects nothing: the authority ends with the test. */
  private static final String PASSWORD = "password";

  private final Path folder;
  private final Path store;

  /**
   * A certificate and its key, as PEM files.
   *
   * @param certificate the certificate
   * @param key its key, PKCS #8 without a password
   */
  public record Issued(Path certificate, Path key) {}

  /**
   * @param folder gets the files; no other authority has it
   */
  public CertificateAuthority(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("authority.p12");
    keytool("-genkeypair", "-alias", AUTHORITY, "-dname", "CN=Test authority", "-ext", "bc:c");
  }

  /** The authority's own certificate, as a PEM file. */
  public Path certificate() {
    return write(AUTHORITY).certificate();
  }

  /**
   * Issues a certificate for {@code localhost} and 127.0.0.1, for clients and servers.
   *
   * @param name the subject's common name; used once
   */
  public Issued issue(String name) {
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-dname",
        "CN=" + name,
        "-signer",
        AUTHORITY,
        "-ext",
        "san=dns:localhost,ip:127.0.0.1",
        "-ext",
        "eku=serverAuth,clientAuth");
    return write(name);
  }

  private void keytool(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
      if (keytool.waitFor() != 0) {
        throw new AssertionError("keytool failed: " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private Issued write(String alias) {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore read = KeyStore.getInstance("PKCS12");
      read.load(in, PASSWORD.toCharArray());
      return new Issued(
          pem(alias + ".pem", "CERTIFICATE", read.getCertificate(alias).getEncoded()),
          pem(
              alias + ".key",
              "PRIVATE KEY",
              read.getKey(alias, PASSWORD.toCharArray()).getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private Path pem(String file, String label, byte[] content) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        folder.resolve(file),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label),
        US_ASCII);
  }
}
