package io.carillon.server;

import io.carillon.http.HttpReply;
import io.carillon.http.PathPrefix;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The answer to plain requests for unknown paths: it says what the client may have meant. Any
 * thread.
 */
final class Nowhere {

  private static final Pattern SLASHES = Pattern.compile("//+");

  private final PathPrefix prefix;
  private final Predicate<String> isSomething;
  private final String whereabouts;

  /**
   * @param isSomething whether a path is known
   * @param addresses the addresses for clients, of each front end
   */
  Nowhere(PathPrefix prefix, Predicate<String> isSomething, List<String> addresses) {
    this.prefix = prefix;
    this.isSomething = isSomething;
    this.whereabouts =
        addresses.stream().map(address -> "at " + address).collect(Collectors.joining(", "));
  }

  /**
   * @param path decoded
   */
  HttpReply reply(String path) {
    String single = SLASHES.matcher(path).replaceAll("/");
    if (!single.equals(path)) {
      return notFound(
          isSomething.test(single)
              ? "The path has a slash too many (expected: %s).".formatted(printable(single))
              : "The path has two slashes in a row (expected: one).");
    }
    if (prefix.below(path).isEmpty()) {
      return notFound(
          "Everything is below %s here, which path_prefix says (expected: %s/...)."
              .formatted(prefix, prefix));
    }
    return notFound(
        "WebSocket clients connect to this server with Upgrade: websocket: %s. Health checks are at"
                .formatted(whereabouts)
            + " /up and /ready.");
  }

  /** A decoded path may contain characters that no terminal should show. */
  private static String printable(String path) {
    return path.replaceAll("\\p{Cntrl}", "?");
  }

  private static HttpReply notFound(String advice) {
    return HttpReply.text(404, "Nothing is at this path. " + advice + "\n");
  }
}
