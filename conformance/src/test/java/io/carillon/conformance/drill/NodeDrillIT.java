package io.carillon.conformance.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.load.Fate;
import io.carillon.conformance.load.Load;
import io.carillon.conformance.load.Sums;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Nodes;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import io.carillon.conformance.rabbitmq.Relay;
import io.carillon.conformance.rabbitmq.Vhost;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * One of two nodes is hurt under load, or its cable is: the other one goes on, and every message is
 * heard, or its absence has a reason.
 */
@Isolated("load, and faults that have to be noticed in time")
class NodeDrillIT {

  private static final int MIB = 1 << 20;

  private final Vhost vhost = new RabbitAdmin().createVhost();

  @AfterEach
  void deleteVhost() {
    vhost.close();
  }

  private String uri(int heartbeat) {
    return vhost.uri() + "?heartbeat=" + heartbeat;
  }

  @Test
  @Tag("matrix")
  void itsCableGoesDeaf() throws Exception {
    RabbitAdmin admin = vhost.admin();
    try (Relay relay = new Relay(admin.host(), admin.port()).plugIn();
        Nodes nodes =
            Nodes.launch(
                List.of(
                    vhost.uri("127.0.0.1", relay.port()) + "?heartbeat=" + Drill.HEARTBEAT_SECONDS,
                    uri(Drill.HEARTBEAT_SECONDS)));
        Drill drill = new Drill("a cable goes deaf", nodes, Load.Size.USUAL).begin()) {
      drill.hurt(relay::swallow);
      Duration noticed = drill.noticed(1);
      drill.awaitAway(1);
      relay.hearAgain();
      drill.awaitBack(1);
      Sums sums = drill.end();

      assertThat(noticed).isLessThan(Duration.ofSeconds(10));
      assertThat(sums.count(2, Fate.HEARD)).as("all of the other node").isEqualTo(sums.count(2));
      drill.load().requireConnected(1);
      drill.load().requireConnected(2);
    }
  }

  @Test
  void itIsKilled() throws Exception {
    String uri = uri(Drill.HEARTBEAT_SECONDS);
    try (Nodes nodes = Nodes.launch(2, uri);
        Drill drill = new Drill("a node is killed", nodes, Load.Size.USUAL).begin()) {
      int queues = vhost.queues().size();
      drill.hurt(nodes.node(2)::kill);
      await().atMost(Patience.LIMIT).until(() -> vhost.queues().size() == queues / 2);
      drill.populate(nodes.grow(uri));
      drill.over();
      Sums sums = drill.end();

      assertThat(sums.count(1, Fate.HEARD)).as("all of the other node").isEqualTo(sums.count(1));
      assertThat(drill.gaps(1)).isEmpty();
      drill.load().requireConnected(1);
    }
  }

  @Test
  void itStandsStillWhileItsQueueOverflows() throws Exception {
    vhost.admin().limitQueues(vhost.name(), MIB);
    standStillWhileTheQueueOverflows(MIB, Load.Size.USUAL.withPadding(2_000), 3_000);
  }

  @Test
  @Tag("matrix")
  void itStandsStillWhileItsQueueOverflowsAtItsUsualBound() throws Exception {
    Load.Size heavy = new Load.Size(20, 0, 20, Duration.ZERO, Duration.ZERO, "x".repeat(20_000));
    standStillWhileTheQueueOverflows(64L * MIB, heavy, 10_000);
  }

  /**
   * RabbitMQ sends 1,000 messages to a node that takes none, and keeps as many as the bound says.
   */
  private void standStillWhileTheQueueOverflows(long bound, Load.Size size, int messages)
      throws Exception {
    try (Nodes nodes = Nodes.launch(2, uri(60));
        Drill drill = new Drill("a node stands still", nodes, patient(size)).begin()) {
      try {
        drill.hurt(nodes.node(2)::suspend);
        drill.awaitHeard(1, messages);
        assertThat(mostBytesWaiting()).isBetween(bound / 2, bound);
      } finally {
        nodes.node(2).resume();
      }
      drill.awaitLog(2, "may have been missed: this node's queue overflowed");
      drill.over();
      Sums sums = drill.end();

      requireThatOnlyTheSecondSuffered(drill, sums);
    }
  }

  /** Clients of a node that stands still wait for it; those of the other one send at full rate. */
  private static Load.Size patient(Load.Size size) {
    return size.withPause(Duration.ofMillis(20)).withDeadline(Duration.ofSeconds(50));
  }

  @Test
  @Tag("matrix")
  void itStandsStillUntilRabbitGivesItUp() throws Exception {
    standStillUntilGivenUp(2, 2_500);
  }

  @Test
  @Tag("matrix")
  void itStandsStillForHalfAMinute() throws Exception {
    standStillUntilGivenUp(Drill.HEARTBEAT_SECONDS, 8_000);
  }

  private void standStillUntilGivenUp(int heartbeat, int messages) throws Exception {
    try (Nodes nodes = Nodes.launch(2, uri(heartbeat));
        Drill drill =
            new Drill("RabbitMQ gives up a node", nodes, patient(Load.Size.USUAL)).begin()) {
      int queues = vhost.queues().size();
      try {
        drill.hurt(nodes.node(2)::suspend);
        await().atMost(Patience.LIMIT).until(() -> vhost.queues().size() == queues / 2);
        drill.awaitHeard(1, messages);
      } finally {
        nodes.node(2).resume();
      }
      drill.awaitBack(2);
      Sums sums = drill.end();

      requireThatOnlyTheSecondSuffered(drill, sums);
    }
  }

  /** The most that waits in one queue, which RabbitMQ sums up every five seconds. */
  private long mostBytesWaiting() {
    return await()
        .atMost(Patience.LIMIT)
        .until(
            () ->
                vhost.queues().stream()
                    .mapToLong(q -> q.get("message_bytes_ready") instanceof Long bytes ? bytes : 0)
                    .max()
                    .orElse(0),
            bytes -> bytes > 0);
  }

  private static void requireThatOnlyTheSecondSuffered(Drill drill, Sums sums) {
    assertThat(sums.count(1, Fate.HEARD)).as("all of the other node").isEqualTo(sums.count(1));
    assertThat(drill.gaps(1)).isEmpty();
    assertThat(drill.gaps(2)).isNotEmpty();
    assertThat(sums.inGaps()).isPositive();
    drill.load().requireConnected(1);
    drill.load().requireConnected(2);
  }
}
