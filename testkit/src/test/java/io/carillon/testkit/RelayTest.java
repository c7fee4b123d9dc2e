package io.carillon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.testkit.Relay.Side;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The network that tests disturb does what they believe. */
@Timeout(30)
final class RelayTest {

  private static final int QUIET_MILLIS = 200;

  private final ServerSocket server = listen();

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  private static Socket connect(Relay relay) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), relay.port());
  }

  private static void write(Socket from, int value) throws IOException {
    from.getOutputStream().write(value);
  }

  private static int read(Socket to) throws IOException {
    to.setSoTimeout(0);
    return to.getInputStream().read();
  }

  private static void assertQuiet(Socket to) throws IOException {
    to.setSoTimeout(QUIET_MILLIS);
    assertThatExceptionOfType(SocketTimeoutException.class)
        .isThrownBy(() -> to.getInputStream().read());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void thePortOfAStoppedRelayIsFreeAtOnce() {
    Relay relay = Relay.to(address());
    for (int i = 0; i < 500; i++) {
      relay.stop();
      relay = Relay.to(address(), relay.port());
    }
    relay.close();
  }

  @Test
  void aStalledSideIsHeldBackAndTheOtherIsNot() throws IOException {
    try (Relay relay = Relay.to(address());
        Socket node = connect(relay);
        Socket broker = server.accept()) {
      relay.stall(Side.NODE);
      write(node, 1);
      write(broker, 2);

      assertThat(read(node)).isEqualTo(2);
      assertQuiet(broker);
      relay.resume();
      assertThat(read(broker)).isEqualTo(1);
    }
  }

  @Test
  void whatASideSaysIsSwallowed() throws IOException {
    try (Relay relay = Relay.to(address());
        Socket node = connect(relay);
        Socket broker = server.accept()) {
      relay.swallow(Side.BROKER);
      write(broker, 2);
      write(node, 1);

      assertThat(read(broker)).isEqualTo(1);
      assertQuiet(node);
    }
  }

  @Test
  void aCutEndsBothSidesAndLetsNewConnectionsIn() throws IOException {
    try (Relay relay = Relay.to(address());
        Socket node = connect(relay);
        Socket broker = server.accept()) {
      write(node, 1);
      assertThat(read(broker)).isEqualTo(1);

      relay.cut();

      assertThat(read(node)).isNegative();
      assertThat(read(broker)).isNegative();
      try (Socket again = connect(relay);
          Socket reached = server.accept()) {
        write(again, 3);
        assertThat(read(reached)).isEqualTo(3);
      }
    }
  }
}
