package io.carillon.benchmark.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.carillon.benchmark.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a peer: a fresh process on the servers' processor, until it is closed. */
final class PeerServer implements AutoCloseable {

  /** The port for clients, and the process whose CPU time counts. */
  record Address(int port, long pid) {}

  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration PROBES = Duration.ofMillis(50);

  private final Peer peer;
  private final int port;
  private final Path log;
  private final Process process;

  private PeerServer(Peer peer, int port, Path log, Process process) {
    this.peer = peer;
    this.port = port;
    this.log = log;
    this.process = process;
  }

  /** Returns when the server has accepted a WebSocket handshake. */
  static PeerServer start(Peer peer, Path directory)
      throws IOException, InterruptedException, LoadFailedException {
    int port = freePort();
    Path log = directory.resolve(peer.name() + ".log");
    Process process =
        Pinned.to(
                Pinned.SERVERS, peer.commandFor(port), log, builder -> settle(builder, peer, port))
            .start();
    PeerServer server = new PeerServer(peer, port, log, process);
    try {
      server.awaitReady();
    } catch (LoadFailedException | InterruptedException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private static void settle(ProcessBuilder builder, Peer peer, int port) {
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    peer.addEnvironmentTo(builder.environment(), port);
  }

  Address address() {
    return new Address(port, process.pid());
  }

  ServerProcess asProcess() {
    return new ServerProcess(process.pid());
  }

  private void awaitReady() throws InterruptedException, LoadFailedException {
    long end = System.nanoTime() + START.toNanos();
    while (!accepts()) {
      if (!process.isAlive()) {
        throw new LoadFailedException("does not start: " + lastWords());
      }
      if (System.nanoTime() > end) {
        throw new LoadFailedException("is not ready in " + START.toSeconds() + " s");
      }
      Thread.sleep(PROBES);
    }
  }

  private boolean accepts() {
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            .formatted(peer.path(), port);
    String key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) START.toMillis());
      socket.getOutputStream().write((request + key).getBytes(US_ASCII));
      @Nullable String status =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
      return status != null && status.contains(" 101 ");
    } catch (IOException _) {
      return false;
    }
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log).stream().filter(l -> !l.isBlank()).toList();
      return lines.isEmpty() ? "it says nothing" : lines.getLast().strip();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Kills the process: its clients are gone, or need no close frame. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
