package io.carillon.conformance.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.broker.BrokerKind;
import io.carillon.conformance.broker.PrivateBroker;
import io.carillon.conformance.load.Fate;
import io.carillon.conformance.load.Load;
import io.carillon.conformance.load.Sums;
import io.carillon.conformance.node.Nodes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The broker goes under load: every message is heard, or its absence has a reason. */
@Tag("any-broker")
@Isolated("load, and faults that have to be noticed in time")
class OutageDrillIT {

  private static PrivateBroker broker;
  private static Nodes nodes;

  @BeforeAll
  static void start() {
    broker = BrokerKind.chosen().own();
    nodes = Nodes.launch(2, broker.uriOfImpatientNodes());
  }

  @AfterAll
  static void stop() {
    nodes.close();
    broker.close();
  }

  @Test
  void stoppedAndStartedAgain() throws Exception {
    outage("is stopped", broker::stop);
  }

  @Test
  @Tag("matrix")
  void killedAndStartedAgain() throws Exception {
    outage("is killed", broker::kill);
  }

  private static void outage(String what, Drill.Fault fault) throws Exception {
    String name = "the broker (%s) %s and started".formatted(BrokerKind.chosen(), what);
    try (Drill drill = new Drill(name, nodes, Load.Size.USUAL).begin()) {
      drill.hurt(fault);
      drill.awaitAway(1, 2);
      broker.start();
      drill.awaitBack(1, 2);
      Sums sums = drill.end();
      drill.load().requireConnected(1);
      drill.load().requireConnected(2);
      assertThat(sums.count(Fate.REFUSED)).isPositive();
    }
  }
}
