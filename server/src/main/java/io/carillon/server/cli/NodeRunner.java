package io.carillon.server.cli;

import io.carillon.config.Sources;
import io.carillon.server.Parts;
import io.carillon.server.Server;
import io.carillon.server.config.NodeConfiguration;
import io.carillon.server.doctor.FileDescriptors;
import io.carillon.server.transport.ListenAddress;
import io.carillon.server.transport.TransportConfig;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Runs one node from its configuration until it is told to stop; used by {@code serve}. */
final class NodeRunner {

  private static final Logger log = LoggerFactory.getLogger(NodeRunner.class);

  private NodeRunner() {}

  /**
   * Runs the node. Blocks for as long as it lives.
   *
   * @param parts the parts that it can be made of
   * @param sources the sources of its configuration
   * @param out receives the line that the node accepts clients
   */
  static void run(Parts parts, Sources sources, PrintWriter out) throws Exception {
    NodeConfiguration config = NodeConfiguration.load(parts, sources);
    Logging.set(config.log(), config.server().nodeId());
    StopSignals stop = StopSignals.install();
    config.values().notes().forEach(log::info);
    config.values().warnings().forEach(warning -> log.warn("{}", warning));
    warnOfFewDescriptors(config.server().transport().maxConnections());
    if (log.isDebugEnabled()) {
      log.debug("Configuration:\n{}", config.effectiveFile());
    }
    try (Server server = new Server(config.server())) {
      CompletableFuture<Void> started =
          server.start().thenAccept(at -> sayReady(out, config, at)).toCompletableFuture();
      CompletableFuture.anyOf(
              stop.asked(), server.drainAsked().toCompletableFuture(), failureOf(started))
          .get();
      Watchdog.start(config.server().drain().deadline());
      server.drain();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** Otherwise only the last clients would show the problem. */
  private static void warnOfFewDescriptors(int maxConnections) {
    OptionalLong limit = FileDescriptors.limit();
    if (limit.isPresent() && limit.getAsLong() < FileDescriptors.needed(maxConnections)) {
      boolean chosen = maxConnections != TransportConfig.DEFAULTS.maxConnections();
      log.atLevel(chosen ? Level.WARN : Level.INFO)
          .log(
              "This process may open {} files, and {} clients need {}: {}",
              limit.getAsLong(),
              maxConnections,
              FileDescriptors.needed(maxConnections),
              FileDescriptors.advice(maxConnections));
    }
  }

  private static void sayReady(PrintWriter out, NodeConfiguration config, InetSocketAddress bound) {
    out.println(
        "Ready: " + schemeOf(config) + authorityOf(config.server().transport().host(), bound));
    out.flush();
  }

  /** Fails with the stage, and never completes otherwise. */
  private static CompletableFuture<Void> failureOf(CompletableFuture<Void> stage) {
    CompletableFuture<Void> failure = new CompletableFuture<>();
    stage.whenComplete(
        (done, cause) -> {
          if (cause != null) {
            failure.completeExceptionally(cause);
          }
        });
    return failure;
  }

  private static String schemeOf(NodeConfiguration config) {
    return config.server().tls() == null ? "ws://" : "wss://";
  }

  /**
   * The address at which a client on this machine finds the node, in the configured form, because
   * the system writes {@code ::1} at full length.
   */
  static String authorityOf(String host, InetSocketAddress bound) {
    if (bound.getAddress().isAnyLocalAddress()) {
      return "localhost:" + bound.getPort();
    }
    ListenAddress configured = new ListenAddress(host, bound.getPort());
    return (configured.isLiteral() ? configured : ListenAddress.of(bound)).authority();
  }
}
