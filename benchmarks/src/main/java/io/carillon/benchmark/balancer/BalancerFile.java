package io.carillon.benchmark.balancer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code carillon balancer} prints, with the changes that let it run beside others. */
final class BalancerFile {

  private BalancerFile() {}

  /**
   * Prints a configuration.
   *
   * @param kind of the balancer
   * @param port where it is to listen, on 127.0.0.1
   * @param options further options of the command
   */
  static String of(String kind, int port, List<Node> nodes, List<String> options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("bin/carillon", "balancer", kind, "--listen", "127.0.0.1:" + port));
    nodes.forEach(node -> command.addAll(List.of("--node", node.address())));
    command.addAll(options);
    return Program.output(command.toArray(String[]::new));
  }

  /**
   * Replaces what matches, in every place.
   *
   * @throws IllegalStateException if nothing matches
   */
  static String replace(String text, String pattern, String here) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("the configuration no longer says: " + pattern);
    }
    return matcher.replaceAll(Matcher.quoteReplacement(here));
  }
}
