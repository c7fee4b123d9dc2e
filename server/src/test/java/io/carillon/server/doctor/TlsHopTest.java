package io.carillon.server.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.part.Finding;
import io.carillon.server.transport.TestChain;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** What is said of the certificates that a server shows. */
class TlsHopTest {

  private static final TestChain CHAIN = new TestChain();

  private static List<Finding> findings(String host, SSLSocketFactory trusting) throws Exception {
    try (ExecutorService acceptor = Executors.newVirtualThreadPerTaskExecutor();
        ServerSocket server =
            CHAIN
                .serverAlone()
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      acceptor.execute(() -> shakeHands(server));
      return new TlsHop(host, trusting, Instant.now())
          .run(() -> new Socket(server.getInetAddress(), server.getLocalPort()));
    }
  }

  @Test
  void aMissingIntermediateIsNamed() throws Exception {
    assertThat(findings("localhost", (SSLSocketFactory) SSLSocketFactory.getDefault()))
        .singleElement()
        .asString()
        .startsWith("FAIL")
        .contains(
            "the certificate isn't trusted: the chain ends with certificate 1 (CN=server), which"
                + " was signed by CN=Intermediate",
            "serve the whole chain");
  }

  @Test
  void aHostNameThatNoCertificateCanHaveIsNotTheAuthoritysFault() throws Exception {
    assertThat(findings("carillon_node", trustingTheIntermediate()))
        .singleElement()
        .asString()
        .contains("the certificate is for localhost and not for carillon_node");
  }

  private static SSLSocketFactory trustingTheIntermediate() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry(
        "authority",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(CHAIN.intermediate().getBytes(UTF_8))));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  private static void shakeHands(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        ((SSLSocket) socket).startHandshake();
        socket.getInputStream().read();
      } catch (IOException refused) {
        // The client has seen enough, or the test is over.
      }
    }
  }
}
