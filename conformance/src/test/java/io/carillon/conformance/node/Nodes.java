package io.carillon.conformance.node;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Nodes over the caller's broker, numbered from 1. A killed node keeps its number; the next node
 * gets a new one.
 */
public final class Nodes implements AutoCloseable {

  private final List<Node> nodes = new ArrayList<>();

  private Nodes() {}

  /** Starts nodes over one broker, and waits until they are ready. */
  public static Nodes launch(int size, String uri) {
    return launch(Collections.nCopies(size, uri));
  }

  /** Starts a node for each way to the broker, and waits until they are ready. */
  public static Nodes launch(List<String> uris) {
    Nodes nodes = new Nodes();
    try {
      uris.stream().map(nodes::launch).toList().forEach(Node::awaitReady);
    } catch (RuntimeException | Error e) {
      nodes.close();
      throw e;
    }
    return nodes;
  }

  /** Starts one more, and waits until it is ready. */
  public int grow(String uri) {
    launch(uri).awaitReady();
    return nodes.size();
  }

  private Node launch(String uri) {
    int number = nodes.size() + 1;
    Node node =
        Node.launch(
            Map.of(Node.brokerVariable(uri), uri),
            List.of("--port", "0", "--node-id", "n" + number, "--drain-announce", "0s"));
    nodes.add(node);
    return node;
  }

  /** The node with this number, from 1. */
  public Node node(int number) {
    return nodes.get(number - 1);
  }

  /** The numbers of all that were ever started. */
  public List<Integer> all() {
    return IntStream.rangeClosed(1, nodes.size()).boxed().toList();
  }

  /** The numbers of those that live. */
  public List<Integer> alive() {
    return all().stream().filter(number -> node(number).isAlive()).toList();
  }

  /** All that the nodes have printed. */
  public String output() {
    StringBuilder output = new StringBuilder();
    for (Node node : nodes) {
      output.append("--- node ").append(node.pid()).append('\n').append(node.output()).append('\n');
    }
    return output.toString();
  }

  @Override
  public void close() {
    nodes.forEach(Node::kill);
    nodes.reversed().forEach(Node::close);
  }
}
