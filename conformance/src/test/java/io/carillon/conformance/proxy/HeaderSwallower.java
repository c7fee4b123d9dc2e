package io.carillon.conformance.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;

/**
 * A proxy that removes one header from requests, as proxies do that are not set up for WebSockets.
 */
public final class HeaderSwallower implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final URI node;
  private final String header;

  /** Starts in front of a node, on a port of its own. */
  public HeaderSwallower(URI node, String header) throws IOException {
    this.node = node;
    this.header = header;
    Thread.startVirtualThread(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Thread.startVirtualThread(() -> pass(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void pass(Socket client) {
    try (client;
        Socket behind = new Socket(node.getHost(), node.getPort())) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
      StringBuilder request = new StringBuilder();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.startsWith(header)) {
          request.append(line).append("\r\n");
        }
        if (line.isEmpty()) {
          break;
        }
      }
      behind.getOutputStream().write(request.toString().getBytes(ISO_8859_1));
      behind.getInputStream().transferTo(client.getOutputStream());
    } catch (SocketException gone) {
      // One of the two has left.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
