package io.carillon.conformance.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that live long spread over a node that was added later. */
class MaximumAgeIT {

  private static final int CLIENTS = 40;
  private static final Duration AGE = Duration.ofSeconds(4);

  @RegisterExtension
  static final Cluster cluster =
      Cluster.of(2, "--set=limits.max_connection_age=4s", "--set=limits.heartbeat=250ms");

  private final List<Client> clients = new ArrayList<>();

  @AfterEach
  void close() {
    clients.forEach(Client::close);
  }

  @Test
  void clientsGoOneByOneAndComeBackToTheEmptierNode() {
    List<String> nodes = PrintedConfiguration.addresses(cluster.nodes());
    try (HaProxy balancer = HaProxy.start(Ports.free(), nodes, List.of())) {
      balancer.command("set server websockets/node-2 state maint");
      List<CompletableFuture<Duration>> ages = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        ages.add(live(connect(balancer)));
      }
      assertThat(balancer.sessions("websockets", "node-1")).isEqualTo(CLIENTS);

      balancer.command("set server websockets/node-2 state ready");
      List<Duration> lived = new ArrayList<>();
      for (CompletableFuture<Duration> age : ages) {
        lived.add(age.orTimeout(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS).join());
        connect(balancer);
      }

      assertThat(balancer.sessions("websockets", "node-2"))
          .as("more and more, since a new node begins slowly")
          .isGreaterThan(CLIENTS / 10L);
      lived.sort(Duration::compareTo);
      assertThat(lived.getFirst()).isGreaterThan(AGE.multipliedBy(3).dividedBy(4).minusMillis(100));
      assertThat(lived.getLast().minus(lived.getFirst()))
          .as("they do not go together")
          .isGreaterThan(Duration.ofMillis(400));
    }
  }

  private Client connect(HaProxy balancer) {
    Client client = Client.connect(balancer.url()).expectGreeting("Anonymous");
    clients.add(client);
    return client;
  }

  /** How long a connection lasts. */
  private static CompletableFuture<Duration> live(Client client) {
    long begin = System.nanoTime();
    return client
        .end()
        .thenApply(
            code -> {
              assertThat(code).isEqualTo(1012);
              return Duration.ofNanos(System.nanoTime() - begin);
            })
        .toCompletableFuture();
  }
}
