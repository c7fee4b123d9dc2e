package io.carillon.server.transport;

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
import java.util.Objects;

/**
 * A self-signed certificate and its key, made by the JDK's keytool.
 *
 * @param certificate in PEM form
 * @param key PKCS#8, not in PEM form
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record TestPair(String certificate, byte[] key) {

  private static final String PASSWORD = "changeit";

  /**
   * @param more further words for keytool
   */
  static TestPair make(Path folder, String algorithm, String... more) {
    Path store = folder.resolve(algorithm + System.nanoTime() + ".p12");
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                algorithm,
                "-alias",
                "a",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
    words.addAll(List.of(more));
    try {
      Process keytool = new ProcessBuilder(words).redirectErrorStream(true).start();
      String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
      if (keytool.waitFor() != 0) {
        throw new AssertionError(output);
      }
      return read(store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static TestPair read(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return new TestPair(
        pem("CERTIFICATE", Objects.requireNonNull(keys.getCertificate("a")).getEncoded()),
        Objects.requireNonNull(keys.getKey("a", PASSWORD.toCharArray())).getEncoded());
  }

  static String pem(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(content), kind);
  }

  String pemKey() {
    return pem("PRIVATE KEY", key);
  }

  void write(TlsFiles files) throws IOException {
    Files.writeString(files.certificate(), certificate);
    Files.writeString(files.key(), pemKey());
  }
}
