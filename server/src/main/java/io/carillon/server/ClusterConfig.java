package io.carillon.server;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a node has in common with the other nodes of its cluster.
 *
 * @param name nodes of another name ignore this node, and it ignores them
 * @param operatorToken the token for looking at the cluster's nodes; null where nobody may
 */
public record ClusterConfig(String name, @Nullable OperatorToken operatorToken) {

  /** What a name may be, for people. */
  public static final String EXPECTED_NAME = "1 to 64 letters, digits, dots, - and _";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** A cluster of the usual name, which nobody may look at. */
  public static final ClusterConfig DEFAULTS = new ClusterConfig("carillon", null);

  public ClusterConfig {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "cluster name: \"%s\" (expected: %s)".formatted(name, EXPECTED_NAME));
    }
  }
}
