package io.carillon.server.transport;

import java.time.Duration;

/**
 * The listener's address and limits.
 *
 * @param host the address to listen on
 * @param port the port; 0 lets the system choose
 * @param maxConnections the most WebSocket connections; further upgrades get 503
 * @param maxMessageBytes the longest message that a client may send; longer ones close with 1009
 * @param maxFrameBytes the longest single frame
 * @param maxOutboundBytes the most bytes that may wait for a client after a flush; beyond it the
 *     client is closed as a slow consumer
 * @param maxTotalOutboundBytes the most bytes that may wait for all clients together; beyond it
 *     clients with more than a share of 64 KiB are closed as slow consumers
 * @param maxRequestLineBytes the longest HTTP request line
 * @param maxHeaderBytes the most bytes of HTTP headers
 * @param handshakeTimeout how long a connection may take to become a WebSocket or to send a
 *     request, from its beginning or from the request's first byte
 * @param heartbeat how often each client is pinged; a client from which nothing arrives for a whole
 *     such period after a ping is dead
 * @param closeTimeout how long a client has to take the queued bytes before a close
 * @param io how sockets are read and written
 * @param http how plain HTTP is served
 * @param proxy which proxies tell the addresses of clients
 * @param clients limits on the arrival and the stay of clients
 */
public record TransportConfig(
    String host,
    int port,
    int maxConnections,
    int maxMessageBytes,
    int maxFrameBytes,
    int maxOutboundBytes,
    long maxTotalOutboundBytes,
    int maxRequestLineBytes,
    int maxHeaderBytes,
    Duration handshakeTimeout,
    Duration heartbeat,
    Duration closeTimeout,
    IoBackend io,
    HttpConfig http,
    ProxyConfig proxy,
    ClientLimits clients) {

  private static final int KIB = 1024;

  public static final TransportConfig DEFAULTS =
      new TransportConfig(
          "127.0.0.1",
          8080,
          100_000,
          256 * KIB,
          256 * KIB,
          1024 * KIB,
          Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4),
          8 * KIB,
          16 * KIB,
          Duration.ofSeconds(10),
          Duration.ofSeconds(25),
          Duration.ofSeconds(5),
          IoBackend.AUTO,
          HttpConfig.DEFAULTS,
          ProxyConfig.DEFAULTS,
          ClientLimits.DEFAULTS);

  public TransportConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
    }
    atLeast("max connections", maxConnections, 1);
    atLeast("max message bytes", maxMessageBytes, 125);
    atLeast("max frame bytes", maxFrameBytes, 125);
    atLeast("max outbound bytes", maxOutboundBytes, 1);
    atLeast("max total outbound bytes", maxTotalOutboundBytes, 1);
    atLeast("max request line bytes", maxRequestLineBytes, 64);
    atLeast("max header bytes", maxHeaderBytes, 256);
    positive("handshake timeout", handshakeTimeout);
    positive("heartbeat", heartbeat);
    positive("close timeout", closeTimeout);
  }

  /** The same limits at another address. */
  public TransportConfig at(String newHost, int newPort) {
    return new TransportConfig(
        newHost,
        newPort,
        maxConnections,
        maxMessageBytes,
        maxFrameBytes,
        maxOutboundBytes,
        maxTotalOutboundBytes,
        maxRequestLineBytes,
        maxHeaderBytes,
        handshakeTimeout,
        heartbeat,
        closeTimeout,
        io,
        http,
        proxy,
        clients);
  }

  /** The same configuration with other limits on clients. */
  public TransportConfig withLimits(
      int newMaxConnections, int newMaxMessageBytes, Duration newHeartbeat) {
    return new TransportConfig(
        host,
        port,
        newMaxConnections,
        newMaxMessageBytes,
        newMaxMessageBytes,
        maxOutboundBytes,
        maxTotalOutboundBytes,
        maxRequestLineBytes,
        maxHeaderBytes,
        handshakeTimeout,
        newHeartbeat,
        closeTimeout,
        io,
        http,
        proxy,
        clients);
  }

  /** The same configuration behind other proxies, and with other limits on clients. */
  public TransportConfig withClients(ProxyConfig newProxy, ClientLimits newClients) {
    return new TransportConfig(
        host,
        port,
        maxConnections,
        maxMessageBytes,
        maxFrameBytes,
        maxOutboundBytes,
        maxTotalOutboundBytes,
        maxRequestLineBytes,
        maxHeaderBytes,
        handshakeTimeout,
        heartbeat,
        closeTimeout,
        io,
        http,
        newProxy,
        newClients);
  }

  private static void atLeast(String name, long value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ")");
    }
  }

  private static void positive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + ": " + value.toMillis() + " ms (expected: > 0)");
    }
  }
}
