package io.carillon.conformance.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.load.Fate;
import io.carillon.conformance.load.Load;
import io.carillon.conformance.load.Sums;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Nodes;
import io.carillon.conformance.rabbitmq.PrivateRabbitMq;
import io.carillon.conformance.rabbitmq.Vhost;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** RabbitMQ is hurt under load: every message is heard, or its absence has a reason. */
@Isolated("load, and faults that have to be noticed in time")
class RabbitMqDrillIT {

  private static PrivateRabbitMq rabbit;
  private static Nodes nodes;

  @BeforeAll
  static void start() {
    rabbit = new PrivateRabbitMq();
    nodes = Nodes.launch(2, rabbit.uriOfImpatientNodes());
  }

  @AfterAll
  static void stop() {
    nodes.close();
    rabbit.close();
  }

  @Test
  void aQueueIsDeletedUnderItsNodesFeet() throws Exception {
    try (Drill drill = drill("a node's queue is deleted").begin()) {
      List<String> queues = rabbit.publicationQueues();
      assertThat(queues).hasSize(2);
      drill.hurt(() -> rabbit.deleteQueue(queues.getFirst()));
      int deaf = await().atMost(Patience.LIMIT).until(() -> cancelled(drill), n -> n > 0);
      drill.awaitBack(deaf);
      drill.end();
      requireAllConnected(drill);
      assertThat(drill.gaps(deaf)).isNotEmpty();
      assertThat(drill.gaps(3 - deaf)).as("of the other node").isEmpty();
    }
  }

  /**
   * RabbitMQ accepts publications meanwhile, and routes them nowhere. A node that publishes between
   * the two steps finds out at once, another one by its probes.
   */
  @Test
  @Tag("matrix")
  void theExchangeIsDeclaredAnew() throws Exception {
    try (Drill drill = drill("the exchange is declared anew").begin()) {
      drill.hurt(() -> rabbit.declareAnew(Vhost.EXCHANGE));
      drill.awaitBack(1, 2);
      drill.end();
      requireAllConnected(drill);
      assertThat(drill.gaps(1)).hasSize(1);
      assertThat(drill.gaps(2)).hasSize(1);
    }
  }

  /** The number of the node that has noticed, or 0. */
  private static int cancelled(Drill drill) {
    return nodes.alive().stream()
        .filter(n -> drill.logOf(n).stream().anyMatch(line -> line.contains("cancelled")))
        .findFirst()
        .orElse(0);
  }

  @Test
  @Tag("matrix")
  void shortOfMemoryAndWellAgain() throws Exception {
    try (Drill drill = drill("RabbitMQ is short of memory for a while").begin()) {
      drill.hurt(() -> rabbit.memoryAlarm(true));
      drill.awaitLog(1, "takes no publications");
      drill.awaitLog(2, "takes no publications");
      rabbit.memoryAlarm(false);
      drill.awaitLog(1, "takes publications again");
      drill.awaitLog(2, "takes publications again");
      drill.over();
      Sums sums = drill.end();
      requireAllConnected(drill);
      assertThat(sums.count(Fate.REFUSED)).isPositive();
      assertThat(drill.gaps(1)).isEmpty();
      assertThat(drill.gaps(2)).isEmpty();
    }
  }

  @Test
  @Tag("matrix")
  void fiveThousandTopicsAreBoundAgainWhileOthersPublish() throws Exception {
    Load.Size size = Load.Size.USUAL.withTopics(5_000).withListeners(1);
    try (Nodes own = Nodes.launch(2, rabbit.uriOfImpatientNodes());
        Drill drill = new Drill("5,000 topics are bound again", own, size).begin()) {
      drill.hurt(rabbit::kill);
      drill.awaitAway(1, 2);
      rabbit.start();
      drill.awaitBack(1, 2);
      drill.awaitLog(1, "5\\d\\d\\d topics are bound again");
      drill.end();
      drill.load().requireConnected(1);
      drill.load().requireConnected(2);
    }
  }

  private static Drill drill(String name) {
    return new Drill(name, nodes, Load.Size.USUAL);
  }

  private static void requireAllConnected(Drill drill) {
    drill.load().requireConnected(1);
    drill.load().requireConnected(2);
  }
}
