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
 * @param url the URL as it was given
 * @param prefix the path before {@code /app/KEY}; empty for none
 * @param key the app's key; empty if the path has no key
 */
public record AppUrl(URI url, String prefix, String key) {

  /** Case-insensitive: a path in the wrong case is a mistake of a user who means an app. */
  private static final Pattern PATH = Pattern.compile("(?i)(.*)/app/([^/]+)/?");

  private static final String PROTOCOL = "protocol";

  /** The query of a client that names only the protocol. */
  public static final String HANDSHAKE =
      PROTOCOL + "=" + ProtocolVersion.NEWEST + "&client=carillon";

  /** Reads a URL; empty if it clearly does not belong to an app. */
  public static Optional<AppUrl> parse(URI url) {
    Matcher path = PATH.matcher(url.getRawPath() == null ? "" : url.getRawPath());
    if (path.matches()) {
      return Optional.of(new AppUrl(url, path.group(1), path.group(2)));
    }
    QueryParameters query = queryOf(url);
    boolean isHandshake =
        query.get(PROTOCOL).isPresent()
            && (query.get("client").isPresent() || query.get("version").isPresent());
    return isHandshake ? Optional.of(new AppUrl(url, "", "")) : Optional.empty();
  }

  private static QueryParameters queryOf(URI url) {
    return QueryParameters.parse(url.getRawQuery() == null ? "" : url.getRawQuery());
  }

  /**
   * The query of a client's handshake: the URL's query, with the protocol if the query doesn't have
   * it.
   */
  public String query() {
    String given = url.getRawQuery() == null ? "" : url.getRawQuery();
    if (queryOf(url).get(PROTOCOL).isPresent()) {
      return given;
    }
    return given.isEmpty() ? HANDSHAKE : given + "&" + HANDSHAKE;
  }
}
