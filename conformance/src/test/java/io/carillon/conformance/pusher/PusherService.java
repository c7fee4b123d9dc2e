package io.carillon.conformance.pusher;

import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.proxy.Balancer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * All that an application needs: two nodes with an app, a balancer before them, and the
 * application's own backend, made with pusher-http-node, which authorises subscriptions.
 *
 * <p>As a static {@code @RegisterExtension} it serves a class; clients go after each test.
 */
final class PusherService
    implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {

  private static final AtomicInteger CHANNELS = new AtomicInteger();

  private @Nullable Path configuration;
  private @Nullable Cluster cluster;
  private @Nullable Balancer balancer;
  private @Nullable LineProgram host;

  /** Starts it all. */
  PusherService start() throws IOException {
    configuration = Files.createTempFile("carillon-app", ".yaml");
    Files.writeString(configuration, PusherApp.CONFIGURATION);
    cluster = Cluster.of(2, "--config", configuration.toString()).start();
    balancer = Balancer.start(cluster.nodes());
    host = LineProgram.start(PusherApp.environment(balancer.port()), "node", "host.js");
    return this;
  }

  Cluster cluster() {
    return Objects.requireNonNull(cluster, "not started");
  }

  Balancer balancer() {
    return Objects.requireNonNull(balancer, "not started");
  }

  /** Drives pusher-js in Node, and pusher-http-node. */
  Driver host() {
    return Objects.requireNonNull(host, "not started");
  }

  /** The backend that publishes with pusher-http-node, to both nodes in turn. */
  NodeBackend backend() {
    return new NodeBackend(host());
  }

  /** Where the application's own backend is found. */
  String backendUrl() {
    return "http://127.0.0.1:" + Objects.requireNonNull(host, "not started").hello().get("port");
  }

  /** A client in Node, behind one node's door, that has connected. */
  PusherJs connect(int node, String user) {
    return connect(host(), node, user);
  }

  /** The same where this driver drives it. */
  PusherJs connect(Driver driver, int node, String user) {
    return PusherJs.connect(driver, how(node, user)).expect("connection", "connected");
  }

  /** The connection options of a client. */
  Map<String, Object> how(int node, String user) {
    return Map.of("port", balancer().door(node), "user", user, "backend", backendUrl());
  }

  /** A name that no other test uses. */
  static String unique(String prefix) {
    return prefix + "-" + CHANNELS.incrementAndGet();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    start();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    host().call("forgetAll", Map.of());
    cluster().afterEach(context);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    close();
  }

  @Override
  public void close() throws IOException {
    if (host != null) {
      host.close();
    }
    if (balancer != null) {
      balancer.close();
    }
    if (cluster != null) {
      cluster.close();
    }
    if (configuration != null) {
      Files.deleteIfExists(configuration);
    }
  }
}
