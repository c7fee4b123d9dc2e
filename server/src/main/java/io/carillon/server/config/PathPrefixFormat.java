package io.carillon.server.config;

import io.carillon.config.Format;
import io.carillon.config.WrongValueException;
import io.carillon.http.PathPrefix;
import java.util.List;

/**
 * The prefix of the node's paths; a slash alone means no prefix.
 *
 * <p>The node serves some paths with the prefix and without it, because a proxy may remove the
 * prefix. A prefix that begins like one of those hides it: below {@code /app}, {@code /app/key}
 * could be the path {@code /key} with the prefix.
 */
final class PathPrefixFormat implements Format<PathPrefix> {

  /** Whole paths. */
  private static final List<String> CHECKS = List.of("/up", "/health", "/ready", "/live");

  /** First parts of paths. */
  private static final List<String> PARENTS = List.of("/app", "/apps", "/topics");

  @Override
  public PathPrefix read(String text) {
    PathPrefix prefix = PathPrefix.of(text);
    for (String check : CHECKS) {
      if (prefix.text().equals(check)) {
        throw hides(text, check);
      }
    }
    for (String parent : PARENTS) {
      if (new PathPrefix(parent).below(prefix.text()).isPresent()) {
        throw hides(text, parent);
      }
    }
    return prefix;
  }

  private static WrongValueException hides(String text, String path) {
    return new WrongValueException(
        "\"%s\" (expected: a path such as /ws; it hides %s, which the node serves without a prefix"
                .formatted(text, path)
            + " too)");
  }

  @Override
  public String write(PathPrefix prefix) {
    return prefix.isEmpty() ? "/" : prefix.text();
  }

  @Override
  public String expectation() {
    return "a path such as /ws, of letters, digits and . _ ~ -";
  }
}
