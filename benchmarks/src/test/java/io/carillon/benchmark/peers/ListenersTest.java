package io.carillon.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersTest {

  @Test
  void findsTheProcessThatListensOnAPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Listeners.on(List.of(socket.getLocalPort())))
          .containsExactly(ProcessHandle.current().pid());
    }
  }

  @Test
  void findsNoneForAPortOnWhichNobodyListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(Listeners.on(List.of(port))).isEmpty();
  }
}
