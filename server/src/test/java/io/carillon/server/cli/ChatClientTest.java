package io.carillon.server.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ChatClientTest {

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** Takes one client. */
  private static void welcome(ServerSocket server) {
    try {
      Socket socket = server.accept();
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      String key = "";
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        String[] field = line.split(": ", 2);
        key = field[0].equalsIgnoreCase("Sec-WebSocket-Key") ? field[1] : key;
      }
      byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
      String accept = Base64.getEncoder().encodeToString(digest);
      String head =
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
      String answer = head + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n";
      socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** A node that leaves just then is tried again, or another is; it is no bug of the command's. */
  @Test
  void saysThatTheConnectionHasEndedToWhoSendsOnIt() throws IOException, InterruptedException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> welcome(server));
      URI url = URI.create("ws://127.0.0.1:" + server.getLocalPort());
      ChatClient client =
          ChatClient.connect(new ChatClient.Way(url, new TrustOption().context()), _ -> {});
      client.cut();
      assertThatThrownBy(() -> client.send("hello"))
          .isInstanceOf(ChatClient.UnreachableException.class);
    }
  }
}
