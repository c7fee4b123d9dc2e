package io.carillon.conformance.proxy;

import io.carillon.conformance.node.Command;
import io.carillon.conformance.node.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code carillon balancer} prints, with the changes that let it run beside other tests. */
final class PrintedConfiguration {

  private String text;

  private PrintedConfiguration(String text) {
    this.text = text;
  }

  /**
   * Prints a configuration.
   *
   * @param kind the balancer
   * @param port where it is to listen, on 127.0.0.1
   * @param nodes the addresses of the nodes, which are called node-1, node-2, ...
   * @param options further options of the command
   */
  static PrintedConfiguration of(String kind, int port, List<String> nodes, List<String> options) {
    List<String> words =
        new ArrayList<>(List.of("balancer", kind, "--listen", "127.0.0.1:" + port));
    nodes.forEach(node -> words.addAll(List.of("--node", node)));
    words.addAll(options);
    try (Command command = Command.start(Map.of(), words.toArray(String[]::new))) {
      if (command.exitCode() != 0) {
        throw new AssertionError(words + ": " + command.err());
      }
      return new PrintedConfiguration(command.out() + "\n");
    }
  }

  /** The addresses of nodes. */
  static List<String> addresses(List<Node> nodes) {
    return nodes.stream().map(node -> node.url().getAuthority()).toList();
  }

  /** Replaces what matches, which must be there, in every place. */
  PrintedConfiguration replace(String pattern, String here) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("the configuration no longer says: " + pattern);
    }
    text = matcher.replaceAll(Matcher.quoteReplacement(here));
    return this;
  }

  PrintedConfiguration append(String more) {
    text += more;
    return this;
  }

  @Override
  public String toString() {
    return text;
  }
}
