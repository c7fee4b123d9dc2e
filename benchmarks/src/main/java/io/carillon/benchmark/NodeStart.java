package io.carillon.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;

/**
 * One start of a node.
 *
 * @param readyMillis from its exec until it says that it accepts clients
 * @param subscribedMillis from its exec until a client is told that it has joined the lobby
 * @param cpuMillis the CPU time of the node until then, on all processors
 */
record NodeStart(double readyMillis, double subscribedMillis, double cpuMillis) {

  private static final String READY = "Ready: ";
  private static final String SUBSCRIBED = "System: Subscribed to";

  /** Not a client of the JDK's, because loading it would take longer than the start to measure. */
  private static final byte[] HANDSHAKE =
      """
      GET / HTTP/1.1\r
      Host: localhost\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      \r
      """
          .getBytes(US_ASCII);

  /**
   * Starts a node, and ends it.
   *
   * @param launcher bin/carillon
   * @param options more options of the JVM
   */
  static NodeStart measure(Path launcher, String options) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(launcher.toString(), "serve", "--port", "0")
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("CARILLON_"));
    builder.environment().put("CARILLON_JAVA_OPTS", options);
    long start = System.nanoTime();
    Process node = builder.start();
    try (BufferedReader out = node.inputReader(UTF_8)) {
      String line = out.readLine();
      long ready = System.nanoTime();
      if (line == null || !line.startsWith(READY)) {
        throw new IOException(launcher + " says " + line);
      }
      subscribe(URI.create(line.substring(READY.length())));
      long subscribed = System.nanoTime();
      double cpu = new ServerProcess(node.pid()).cpuSeconds();
      return new NodeStart((ready - start) / 1e6, (subscribed - start) / 1e6, cpu * 1e3);
    } finally {
      node.destroyForcibly();
      node.waitFor();
    }
  }

  private static void subscribe(URI node) throws IOException {
    try (Socket socket = new Socket(node.getHost(), node.getPort())) {
      socket.getOutputStream().write(HANDSHAKE);
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[4096];
      StringBuilder heard = new StringBuilder();
      while (heard.indexOf(SUBSCRIBED) < 0) {
        int count = in.read(buffer);
        if (count < 0) {
          throw new EOFException("the node has closed the connection: " + heard);
        }
        heard.append(new String(buffer, 0, count, UTF_8));
      }
    }
  }
}
