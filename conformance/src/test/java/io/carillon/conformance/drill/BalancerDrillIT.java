package io.carillon.conformance.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.broker.BrokerKind;
import io.carillon.conformance.broker.PrivateBroker;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.node.Nodes;
import io.carillon.conformance.proxy.HaProxy;
import io.carillon.conformance.swarm.Swarm;
import io.carillon.conformance.swarm.SwarmClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Clients behind a real HAProxy while a node hangs, and while the broker is away. */
@Isolated("faults that have to be noticed in time")
class BalancerDrillIT {

  private static final Duration OUTAGE = Duration.ofSeconds(10);
  private static final Duration PACE = Duration.ofMillis(10);

  private static List<String> addresses(Nodes nodes) {
    return nodes.all().stream().map(n -> nodes.node(n).url().getAuthority()).toList();
  }

  private static HaProxy generated(Nodes nodes) {
    return HaProxy.start(Ports.free(), addresses(nodes), List.of());
  }

  /** As the guides have it that know only one check: it asks whether a node lives. */
  private static HaProxy plain(Nodes nodes) {
    int port = Ports.free();
    List<String> addresses = addresses(nodes);
    String configuration =
        """
        defaults
          mode http
          option http-server-close
          option forwardfor
          timeout connect 5s
          timeout client 30s
          timeout client-fin 30s
          timeout server 30s
          timeout tunnel 1h
          default-server inter 1s rise 2 fall 1 on-marked-down shutdown-sessions
        global
          stats socket /run/haproxy/admin.sock mode 600 level admin
        frontend public
          bind 127.0.0.1:%d
          default_backend nodes
        backend nodes
          option httpchk GET /up
          balance leastconn
          cookie serverid insert
          server node-1 %s check cookie node-1
          server node-2 %s check cookie node-2
        """
            .formatted(port, addresses.get(0), addresses.get(1));
    return HaProxy.run(port, configuration);
  }

  private static long ended(List<SwarmClient> clients) {
    return Swarm.endings(clients).size();
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  @Test
  void aNodeHangs() throws Exception {
    aNodeHangs(60);
  }

  @Test
  @Tag("matrix")
  void aNodeHangsWithAThousandClients() throws Exception {
    aNodeHangs(1_000);
  }

  private static void aNodeHangs(int count) throws Exception {
    try (PrivateBroker broker = BrokerKind.chosen().own();
        Nodes nodes = Nodes.launch(2, broker.uri());
        HaProxy balancer = generated(nodes);
        Swarm swarm = new Swarm()) {
      balancer.awaitStatus("websockets", "node-1", "UP");
      balancer.awaitStatus("websockets", "node-2", "UP");
      List<SwarmClient> clients = swarm.join(balancer.url(), "swarm", count);
      long lost = balancer.sessions("websockets", "node-2");
      assertThat(lost)
          .as("clients of the node that will hang")
          .isBetween(count / 3L, count * 2L / 3);
      Node hung = nodes.node(2);
      long start = System.nanoTime();
      hung.suspend();
      try {
        await()
            .atMost(Patience.LIMIT)
            .pollInterval(PACE)
            .until(() -> balancer.status("websockets", "node-2").startsWith("DOWN"));
        long out = millisSince(start);
        await().atMost(Patience.LIMIT).pollInterval(PACE).until(() -> ended(clients) >= lost);
        long cut = millisSince(start);
        swarm.join(balancer.url(), "again", (int) lost);
        long back = millisSince(start);
        System.out.printf(
            "a node hangs behind HAProxy: out after %d ms, %d of %d clients cut after %d ms, all"
                + " of them back after %d ms%n",
            out, ended(clients), count, cut, back);
        assertThat(out).isLessThan(4_000);
        assertThat(ended(clients)).as("the clients of the other node stay").isEqualTo(lost);
      } finally {
        hung.resume();
      }
    }
  }

  @Test
  void theBrokerRestarts() throws Exception {
    theBrokerRestarts(40);
  }

  @Test
  @Tag("matrix")
  void theBrokerRestartsUnderAThousandClients() throws Exception {
    theBrokerRestarts(1_000);
  }

  /** Half of the clients come by the generated configuration, and half by the plain one. */
  private static void theBrokerRestarts(int count) throws Exception {
    try (PrivateBroker broker = BrokerKind.chosen().own();
        Nodes nodes = Nodes.launch(2, broker.uriOfImpatientNodes());
        HaProxy ours = generated(nodes);
        HaProxy theirs = plain(nodes);
        Swarm swarm = new Swarm()) {
      ours.awaitStatus("websockets", "node-1", "UP");
      ours.awaitStatus("websockets", "node-2", "UP");
      List<SwarmClient> ofOurs = swarm.join(ours.url(), "ours", count);
      List<SwarmClient> ofTheirs = swarm.join(theirs.url(), "theirs", count);
      broker.stop();
      for (int number : nodes.all()) {
        ours.awaitStatus("websockets", "node-" + number, "NOLB");
      }
      int refused = Http.refusedUpgrade(ours.url()).status();
      int read = Http.get(ours.url(), "/").status();
      await()
          .during(OUTAGE)
          .atMost(OUTAGE.plus(Patience.LIMIT))
          .until(() -> ended(ofOurs) + ended(ofTheirs) == 0);
      broker.start();
      for (int number : nodes.all()) {
        ours.awaitStatus("websockets", "node-" + number, "UP");
      }
      swarm.join(ours.url(), "new", 1);
      System.out.printf(
          "the broker (%s) is away for 10 s: %d of %d clients cut by the generated file, %d of %d"
              + " by the plain one; meanwhile a new client got %d, a read %d%n",
          BrokerKind.chosen(), ended(ofOurs), count, ended(ofTheirs), count, refused, read);
      assertThat(ended(ofOurs)).isZero();
      assertThat(ended(ofTheirs)).isZero();
      assertThat(refused).isEqualTo(503);
      assertThat(read).isEqualTo(200);
    }
  }
}
