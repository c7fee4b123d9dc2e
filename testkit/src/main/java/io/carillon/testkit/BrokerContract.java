package io.carillon.testkit;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * The promises of {@link Broker}, as tests. Every implementation extends this class and gives it
 * clusters; each test gets a fresh cluster. The promises are grouped by subject.
 */
@Timeout(120)
public abstract class BrokerContract
    implements RoutingContract,
        OrderContract,
        NamesContract,
        ControlContract,
        BulkContract,
        LifecycleContract {

  private final SplittableRandom random = new SplittableRandom();
  private final List<BrokerNode> nodes = new ArrayList<>();
  private BrokerFixture cluster;

  /** For JUnit. */
  @SuppressWarnings("NullAway.Init") // the cluster is made before each test
  protected BrokerContract() {}

  /** Makes a cluster that has no nodes and shares nothing with any other. */
  protected abstract BrokerFixture newCluster();

  @BeforeEach
  final void openCluster() {
    cluster = newCluster();
  }

  @AfterEach
  final void closeCluster() {
    nodes.forEach(BrokerNode::close);
    cluster.close();
  }

  @Override
  public final BrokerNode join() {
    Incarnation incarnation = Incarnation.random(random);
    BrokerNode node = new BrokerNode(incarnation, cluster.connect(incarnation));
    nodes.add(node);
    return node.start();
  }
}
