package io.carillon.conformance.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a cluster's node is started. */
@FunctionalInterface
public interface NodeKind {

  /** Starts it and doesn't wait for it. */
  Node launch(int number, String brokerUri);

  /** A Carillon node with these flags. */
  static NodeKind carillon(String... flags) {
    return carillonWithHeap("256m", flags);
  }

  /** A Carillon node with another heap. */
  static NodeKind carillonWithHeap(String size, String... flags) {
    return (number, uri) -> {
      List<String> all = new ArrayList<>(List.of("--port", "0", "--node-id", "n" + number));
      all.addAll(List.of(flags));
      Map<String, String> environment =
          Map.of(
              Node.brokerVariable(uri),
              uri,
              "CARILLON_LOG_LEVEL",
              "debug",
              Node.JAVA_OPTIONS_VARIABLE,
              "-Xmx" + size);
      return Node.launch(environment, all);
    };
  }
}
