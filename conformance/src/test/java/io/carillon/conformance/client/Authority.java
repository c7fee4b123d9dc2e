package io.carillon.conformance.client;

import io.carillon.conformance.machine.CommandResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority of a test's own, in a folder, by openssl; and clients that trust it. */
public final class Authority implements AutoCloseable {

  private final Path folder;
  private int made;

  /**
   * A certificate and its key.
   *
   * @param number the certificate's serial number
   */
  public record Pair(Path certificate, Path key, int number) {

    /** The flags of a node that uses it, and further ones. */
    public String[] flags(String... more) {
      return Stream.concat(
              Stream.of("--port=0", "--set=tls.certificate=" + certificate, "--set=tls.key=" + key),
              Stream.of(more))
          .toArray(String[]::new);
    }
  }

  /** Makes the authority, in a temporary folder that {@link #close} deletes. */
  public Authority() {
    this.folder = temporaryFolder();
    write("ca.ext", "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n");
    write("server.ext", "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
    key("ca", "EC", "ec_paramgen_curve:P-256");
    request("ca");
    openssl("x509 -req -in ca.csr -signkey ca.key -days 2 -extfile ca.ext -out ca.pem");
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("carillon-authority");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** The authority's own certificate. */
  public Path certificate() {
    return folder.resolve("ca.pem");
  }

  /** A certificate for this machine. */
  public Pair issue() {
    return issue("EC", "ec_paramgen_curve:P-256", 2);
  }

  /** The same with an RSA key. */
  public Pair issueRsa() {
    return issue("RSA", "rsa_keygen_bits:2048", 2);
  }

  /** A certificate that is no longer valid. */
  Pair issueExpired() {
    return issue("EC", "ec_paramgen_curve:P-256", 0);
  }

  private Pair issue(String algorithm, String option, int days) {
    int number = 100 + made++;
    String name = "server-" + number;
    key(name, algorithm, option);
    request(name);
    openssl(
        "x509 -req -in %s.csr -CA ca.pem -CAkey ca.key -set_serial %d -days %d -extfile server.ext -out %s.pem"
            .formatted(name, number, days, name));
    return new Pair(folder.resolve(name + ".pem"), folder.resolve(name + ".key"), number);
  }

  private void key(String name, String algorithm, String option) {
    openssl("genpkey -algorithm %s -pkeyopt %s -out %s.key".formatted(algorithm, option, name));
  }

  private void request(String name) {
    openssl("req -new -key %s.key -subj /CN=%s -out %s.csr".formatted(name, name, name));
  }

  /** Runs openssl in the folder. */
  public void openssl(String words) {
    ProcessBuilder openssl = new ProcessBuilder(("openssl " + words).split(" "));
    CommandResult ended = CommandResult.run(openssl.directory(folder.toFile()));
    if (ended.exitCode() != 0) {
      throw new AssertionError(words + ": " + ended.output());
    }
  }

  private void write(String name, String content) {
    try {
      Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An HTTP client that trusts this authority. */
  public HttpClient http() {
    return HttpClient.newBuilder().sslContext(context()).build();
  }

  /** A connection that trusts this authority, behind its handshake. */
  public SSLSocket connect(URI url) throws IOException {
    return handshaken(new Socket(url.getHost(), url.getPort()), url);
  }

  /** The same with little room for what it doesn't read. */
  public SSLSocket connectWithSmallBuffer(URI url) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(8 << 10);
    socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
    return handshaken(socket, url);
  }

  private SSLSocket handshaken(Socket socket, URI url) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            context().getSocketFactory().createSocket(socket, url.getHost(), url.getPort(), true);
    tls.startHandshake();
    return tls;
  }

  /** What a client says first. */
  public byte[] clientHello() {
    try {
      SSLEngine engine = context().createSSLEngine();
      engine.setUseClientMode(true);
      ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), hello);
      return Arrays.copyOf(hello.array(), hello.position());
    } catch (SSLException e) {
      throw new AssertionError(e);
    }
  }

  /** The number of the certificate that a new connection sees. */
  public int numberSeen(URI url) throws IOException {
    try (SSLSocket socket = connect(url)) {
      X509Certificate seen = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return seen.getSerialNumber().intValueExact();
    }
  }

  private SSLContext context() {
    try (InputStream in = Files.newInputStream(certificate())) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
