package io.carillon.conformance.tutorial;

import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.node.NodeKind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The nodes of one test, numbered from 1; all speak the tutorial protocol. They end after the test;
 * a failure shows their output.
 */
final class TutorialNodes implements AfterEachCallback {

  /** The flag that turns the protocol on. */
  static final List<String> ON = List.of("--set", "tutorial.enabled=true");

  private final List<Node> nodes = new ArrayList<>();

  /** Starts them all at once, over this broker, and waits until they are ready. */
  TutorialNodes start(int count, String uri, String... flags) {
    List<String> all = new ArrayList<>(ON);
    all.addAll(List.of(flags));
    NodeKind kind = NodeKind.carillon(all.toArray(String[]::new));
    for (int number = 1; number <= count; number++) {
      nodes.add(kind.launch(number, uri));
    }
    nodes.forEach(Node::awaitReady);
    return this;
  }

  Node node(int number) {
    return nodes.get(number - 1);
  }

  List<Node> all() {
    return List.copyOf(nodes);
  }

  /**
   * A client of one node.
   *
   * @param query says who the client is; empty for nobody
   */
  Client client(int number, String query) {
    return client(node(number).url(), query);
  }

  /** A client of whatever answers at this address. */
  static Client client(URI url, String query) {
    return Client.connect(url.resolve("/tutorial" + query));
  }

  /** The users as JSON, by GET. */
  static String users(URI url) {
    return Http.get(url, "/users").body();
  }

  /** Waits until a node's readiness has this status. */
  void awaitReadiness(int status) {
    for (Node node : nodes) {
      await().atMost(Patience.LIMIT).until(() -> Http.get(node.url(), "/ready").status() == status);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      nodes.forEach(node -> System.out.println("--- node " + node.pid() + "\n" + node.output()));
    }
    nodes.forEach(Node::kill);
    nodes.forEach(Node::close);
    nodes.clear();
  }
}
