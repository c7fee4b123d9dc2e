package io.carillon.conformance.proxy;

import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Clients that say nothing stay connected for longer than each timeout of the printed files: the
 * nodes' heartbeats keep them, and HAProxy has another timeout for WebSockets.
 */
@Tag("matrix")
class IdleClientsIT {

  /** The longest timeout of an idle connection is 85 s, in the TCP modes. */
  private static final Duration IDLE = Duration.ofSeconds(95);

  private static final List<BalancerMode> MODES =
      List.of(
          BalancerMode.HAPROXY_HTTP,
          BalancerMode.HAPROXY_TCP,
          BalancerMode.NGINX_HTTP,
          BalancerMode.NGINX_TCP);

  @RegisterExtension static final Cluster cluster = Cluster.of(2);

  private final List<LoadBalancer> balancers = new ArrayList<>();
  private final Map<BalancerMode, Client> clients = new EnumMap<>(BalancerMode.class);

  @AfterEach
  void close() {
    clients.values().forEach(Client::close);
    balancers.forEach(LoadBalancer::close);
  }

  @Test
  void stayConnected() {
    for (BalancerMode mode : MODES) {
      LoadBalancer balancer = mode.start(cluster.nodes());
      balancers.add(balancer);
      clients.put(
          mode,
          Client.connect(balancer.url().resolve("/?name=" + mode)).expectGreeting(mode.name()));
    }
    long begin = System.nanoTime();

    await()
        .atMost(IDLE.plus(Patience.LIMIT))
        .until(() -> System.nanoTime() - begin > IDLE.toNanos());

    try (Client speaker = Client.connect(cluster.node(1).url()).expectGreeting("Anonymous")) {
      speaker.send("still there?");
      clients.values().forEach(client -> client.skipTo("[lobby] Anonymous: still there?"));
    }
    clients.forEach(
        (mode, client) -> client.send("yes").skipTo("[lobby] %s: yes".formatted(mode.name())));
  }
}
