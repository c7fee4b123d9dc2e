package io.carillon.conformance.drill;

import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Nodes;
import io.carillon.conformance.rabbitmq.PrivateRabbitMq;
import io.carillon.conformance.rabbitmq.Relay;

/** What may go wrong in a soak. The first node is hurt too, but never killed. */
final class SoakFaults {

  private final PrivateRabbitMq rabbit;
  private final Relay relay;
  private final Nodes nodes;
  private final Drill drill;
  private final String uri;

  /** One fault and its end. */
  enum Kind {
    RABBIT_STOPPED,
    RABBIT_KILLED,
    RABBIT_SHORT_OF_MEMORY,
    CABLE_DEAF,
    QUEUE_DELETED,
    NODE_STANDS_STILL,
    NODE_KILLED
  }

  /**
   * @param relay the first node's cable
   * @param uri where a new node finds RabbitMQ
   */
  SoakFaults(PrivateRabbitMq rabbit, Relay relay, Nodes nodes, Drill drill, String uri) {
    this.rabbit = rabbit;
    this.relay = relay;
    this.nodes = nodes;
    this.drill = drill;
    this.uri = uri;
  }

  /** Lets it happen, mends it, and waits until every publisher is heard again. */
  void strike(Kind kind) throws Exception {
    switch (kind) {
      case RABBIT_STOPPED -> restart(rabbit::stop);
      case RABBIT_KILLED -> restart(rabbit::kill);
      case RABBIT_SHORT_OF_MEMORY -> memoryAlarm();
      case CABLE_DEAF -> deafen();
      case QUEUE_DELETED -> deleteQueue();
      case NODE_STANDS_STILL -> standStill();
      case NODE_KILLED -> kill();
    }
    drill.awaitPeace();
  }

  private int latest() {
    return nodes.alive().getLast();
  }

  private void restart(Drill.Fault fault) throws Exception {
    drill.hurt(fault);
    drill.awaitAway(1, latest());
    rabbit.start();
    drill.awaitBack(1, latest());
  }

  private void memoryAlarm() throws Exception {
    drill.hurt(() -> rabbit.memoryAlarm(true));
    drill.awaitLog(1, "takes no publications");
    drill.awaitLog(latest(), "takes no publications");
    rabbit.memoryAlarm(false);
    drill.awaitLog(1, "takes publications again");
  }

  private void deafen() throws Exception {
    drill.hurt(relay::swallow);
    drill.awaitAway(1);
    relay.hearAgain();
    drill.awaitBack(1);
  }

  private void deleteQueue() throws Exception {
    drill.hurt(() -> rabbit.deleteQueue(rabbit.publicationQueues().getFirst()));
  }

  /** For as long as the other one takes to hear 1,500 messages: some five seconds. */
  private void standStill() throws Exception {
    int node = latest();
    try {
      drill.hurt(nodes.node(node)::suspend);
      drill.awaitHeard(1, 1_500);
    } finally {
      nodes.node(node).resume();
    }
  }

  private void kill() throws Exception {
    int count = rabbit.publicationQueues().size();
    drill.hurt(nodes.node(latest())::kill);
    await().atMost(Patience.LIMIT).until(() -> rabbit.publicationQueues().size() == count - 1);
    drill.populate(nodes.grow(uri));
  }
}
