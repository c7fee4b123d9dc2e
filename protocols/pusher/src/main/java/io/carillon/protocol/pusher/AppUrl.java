package io.carillon.protocol.pusher;

import io.carillon.http.QueryParameters;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL that an app's clients connect to, {@code ws://host/app/KEY}, perhaps below a path that a
 * proxy or a node adds.
 *
 * @param prefix the path before {@code /app/KEY}; empty for none
 * @param key the app's key; empty if the path has no key
 */
public record AppUrl(String prefix, String key) {

  /** Case-insensitive: a path in the wrong case is a mistake of a user who means an app. */
  private static final Pattern PATH = Pattern.compile("(?i)(.*)/app/([^/]+)/?");

  private static final String PROTOCOL = "protocol";

  /** The query of a client that names only the protocol. */
  private static final String HANDSHAKE =
      PROTOCOL + "=" + ProtocolVersion.NEWEST + "&client=carillon";

  /** Reads a URL; empty if it clearly does not belong to an app. */
  public static Optional<AppUrl> parse(URI url) {
    Matcher path = PATH.matcher(url.getRawPath() == null ? "" : url.getRawPath());
    if (path.matches()) {
      return Optional.of(new AppUrl(path.group(1), path.group(2)));
    }
    QueryParameters query =
        QueryParameters.parse(url.getRawQuery() == null ? "" : url.getRawQuery());
    boolean isHandshake =
        query.get(PROTOCOL).isPresent()
            && (query.get("client").isPresent() || query.get("version").isPresent());
    return isHandshake ? Optional.of(new AppUrl("", "")) : Optional.empty();
  }

  /**
   * The query of a client's handshake: the URL's query, with the protocol if the query doesn't have
   * it.
   *
   * @param given the URL's query, percent-encoded; empty for none
   */
  public static String handshakeQuery(String given) {
    if (QueryParameters.parse(given).get(PROTOCOL).isPresent()) {
      return given;
    }
    return given.isEmpty() ? HANDSHAKE : given + "&" + HANDSHAKE;
  }
}
