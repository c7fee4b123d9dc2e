package io.carillon.conformance.cluster;

import io.carillon.conformance.broker.BrokerKind;
import io.carillon.conformance.broker.BrokerPlace;
import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.node.NodeKind;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import io.carillon.conformance.rabbitmq.Vhost;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Nodes that share a place at the run's {@link BrokerKind} of their own, so that no test hears
 * another's messages. Nodes are numbered from 1, as people do.
 *
 * <p>As a static {@code @RegisterExtension} it starts before a class's tests and ends behind them,
 * clients go after each test, and a failure shows what the nodes logged. Inside a test it is
 * started and closed by hand.
 */
public final class Cluster
    implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {

  private final List<NodeKind> kinds;
  private final Deque<AutoCloseable> clients = new ArrayDeque<>();
  private final List<Node> nodes = new ArrayList<>();
  private @Nullable BrokerPlace place;
  private @Nullable URI entry;

  private Cluster(List<NodeKind> kinds) {
    this.kinds = kinds;
  }

  /** A cluster that is still to be started; each of its nodes gets these flags. */
  public static Cluster of(int size, String... flags) {
    return new Cluster(Collections.nCopies(size, NodeKind.carillon(flags)));
  }

  /** A cluster of these nodes, still to be started. */
  public static Cluster of(NodeKind... kinds) {
    return new Cluster(List.of(kinds));
  }

  /** Makes the place, starts all nodes at once and waits until they are ready. */
  public Cluster start() {
    place = BrokerKind.chosen().place();
    try {
      grow(kinds);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
    return this;
  }

  /** Starts further nodes, all at once, of the first one's kind. */
  void grow(int more) {
    grow(Collections.nCopies(more, kinds.getFirst()));
  }

  private void grow(List<NodeKind> more) {
    more.forEach(kind -> nodes.add(kind.launch(nodes.size() + 1, place().uri())));
    nodes.forEach(Node::awaitReady);
  }

  /** Puts a new node into the place of one that has ended. */
  public Node replace(int number, NodeKind kind) {
    node(number).exitCode();
    Node node = kind.launch(number, place().uri());
    nodes.set(number - 1, node).close();
    return node.awaitReady();
  }

  /** The node with this number, from 1. */
  public Node node(int number) {
    return nodes.get(number - 1);
  }

  /** All nodes, in the order of their numbers. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  private BrokerPlace place() {
    if (place == null) {
      throw new IllegalStateException("the cluster is not started");
    }
    return place;
  }

  /** The address that the nodes use. */
  public String brokerUri() {
    return place().uri();
  }

  /** The nodes' virtual host, in tests that only run over RabbitMQ. */
  public Vhost vhost() {
    return (Vhost) place();
  }

  /** From now on clients connect to this balancer instead of to a node. */
  public void connectThrough(URI balancer) {
    entry = balancer;
  }

  private URI url(int node) {
    return entry == null ? node(node).url() : entry;
  }

  /** A client that has been greeted. */
  public Client join(int node, String name) {
    return connect(node, "/?name=" + RabbitAdmin.encode(name)).expectGreeting(name);
  }

  /** A client that has only just connected. */
  public Client connect(int node, String pathAndQuery) {
    return closing(Client.connect(url(node).resolve(pathAndQuery)));
  }

  /** A client that has sent nothing at all. */
  public RawClient dial(int node) {
    return closing(RawClient.dial(url(node)));
  }

  private <T extends AutoCloseable> T closing(T client) {
    clients.push(client);
    return client;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    start();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    closeClients();
    if (context.getExecutionException().isPresent()) {
      nodes.forEach(
          node -> System.out.println("--- node " + node.pid() + "\n" + node.output() + "\n---"));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  private void closeClients() throws Exception {
    while (!clients.isEmpty()) {
      clients.pop().close();
    }
  }

  @Override
  public void close() {
    try {
      closeClients();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      nodes.forEach(Node::kill);
      nodes.reversed().forEach(Node::close);
      nodes.clear();
      if (place != null) {
        place.close();
        place = null;
      }
    }
  }
}
