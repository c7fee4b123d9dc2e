package io.carillon.server;

import io.carillon.http.HttpReply;
import io.carillon.http.PathPrefix;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The answer to plain requests for paths where nothing is: it says what may have been meant. */
final class Nowhere {

  private static final Pattern SLASHES = Pattern.compile("//+");

  private Nowhere() {}

  /**
   * @param path decoded
   * @param isSomething whether something is at a path
   */
  static HttpReply reply(String path, PathPrefix prefix, Predicate<String> isSomething) {
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
        ("WebSocket clients connect to this server with Upgrade: websocket: at %s/app/{key} with"
                + " the Pusher protocol, at %s/ for topics. Health checks are at /up and /ready.")
            .formatted(prefix, prefix));
  }

  /** What came percent-encoded may be what no terminal should show. */
  private static String printable(String path) {
    return path.replaceAll("\\p{Cntrl}", "?");
  }

  private static HttpReply notFound(String advice) {
    return HttpReply.text(404, "Nothing is at this path. " + advice + "\n");
  }
}
