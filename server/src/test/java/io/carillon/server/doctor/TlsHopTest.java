package io.carillon.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.server.transport.TestChain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

/** What is said of the certificates that a server shows. */
class TlsHopTest {

  private static final TestChain CHAIN = new TestChain();

  @Test
  void aMissingIntermediateIsNamed() throws Exception {
    try (ExecutorService acceptor = Executors.newVirtualThreadPerTaskExecutor();
        ServerSocket server =
            CHAIN
                .serverAlone()
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      acceptor.execute(() -> shakeHands(server));

      List<Finding> findings =
          new TlsHop("localhost", (SSLSocketFactory) SSLSocketFactory.getDefault(), Instant.now())
              .run(() -> new Socket(server.getInetAddress(), server.getLocalPort()));

      assertThat(findings)
          .singleElement()
          .asString()
          .startsWith("FAIL")
          .contains(
              "the certificate isn't trusted: the chain ends with certificate 1 (CN=server), which"
                  + " was signed by CN=Intermediate",
              "serve the whole chain");
    }
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
