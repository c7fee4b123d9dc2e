package io.carillon.server.cli;

import io.carillon.dialect.Dialect;
import io.carillon.dialect.ShownUrl;
import io.carillon.server.transport.ListenAddress;
import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** A node's address as users type it: ws and http mean the same node, and so do wss and https. */
final class NodeUrl {

  private NodeUrl() {}

  /**
   * Reads a typed address. Its host may be a name that Java's HTTP client refuses: see {@link
   * #requireHost}.
   *
   * @throws TypeConversionException if the text is not an address; the message says what to type
   */
  static URI parse(String text) {
    try {
      URI url = new URI(text);
      if (ListenAddress.in(url, 0).isPresent()) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Treated like a URL without a host.
    }
    String shown = ShownUrl.of(text);
    throw new TypeConversionException(
        text.contains("://")
            ? "\"" + shown + "\" (expected: such as ws://host:port)"
            : "\""
                + shown
                + "\" has no scheme (expected: ws://"
                + shown
                + ", or http, wss, https)");
  }

  /**
   * Java's HTTP client refuses host names that are not internet names, such as names of containers
   * with an underscore.
   *
   * @throws ParameterException if the URL has such a name
   */
  static void requireHost(URI url, CommandLine command) {
    if (url.getHost() == null) {
      throw new ParameterException(
          command,
          ShownUrl.of(url)
              + ": Java's HTTP client refuses this host name (expected: letters, digits, - and . or"
              + " the host's address; `carillon health` and `carillon doctor --url` take any"
              + " name)");
    }
  }

  static URI http(URI url) {
    return withScheme(url, url.toString().startsWith("ws") ? "http" : "");
  }

  static URI webSocket(URI url) {
    return url.toString().startsWith("http") ? withScheme(url, "ws") : url;
  }

  /** The address that clients of a protocol connect to, with their parameters. */
  static URI handshake(URI url, Dialect dialect) {
    URI socket = webSocket(url);
    String given = socket.getRawQuery() == null ? "" : socket.getRawQuery();
    String query = dialect.handshakeQuery(given);
    return query.equals(given) ? socket : URI.create(beforeQuery(socket.toString()) + "?" + query);
  }

  /**
   * Another path of the same node, by HTTP.
   *
   * @param path the whole path, percent-encoded
   * @param query the query, percent-encoded; empty for none
   */
  static URI http(URI url, String path, String query) {
    URI node = http(url);
    // As a reference to resolve, a path that begins with two slashes would name another host.
    return URI.create(
        node.getScheme()
            + "://"
            + node.getRawAuthority()
            + path
            + (query.isEmpty() ? "" : "?" + query));
  }

  /** ws becomes http, wss https, and the other way round. */
  private static URI withScheme(URI url, String scheme) {
    String text = url.toString();
    int end = text.indexOf("://");
    if (scheme.isEmpty() || end < 0) {
      return url;
    }
    String secure = text.substring(0, end).endsWith("s") && !text.startsWith("ws:") ? "s" : "";
    return URI.create(scheme + secure + text.substring(end));
  }

  /** The URL without its query, which may hold a token, and without a password. */
  static String shown(URI url) {
    return ShownUrl.of(url);
  }

  private static String beforeQuery(String text) {
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }
}
