package io.carillon.part;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a broker's URI, decoded: {@code scheme://user:password@host1:port,host2/path}. The
 * password never shows in {@link #toString()} or in any error.
 *
 * @param scheme in lower case
 * @param user null if the URI has none
 * @param password null if the URI has none
 * @param hosts at least one
 * @param path the segments between slashes; none for an empty path
 */
public record BrokerUri(
    String scheme,
    @Nullable String user,
    @Nullable String password,
    List<Host> hosts,
    List<String> path) {

  public BrokerUri {
    hosts = List.copyOf(hosts);
    path = List.copyOf(path);
  }

  /**
   * One server.
   *
   * @param name a host name, an IPv4 or an IPv6 address without brackets
   * @param port its port
   */
  public record Host(String name, int port) {
    @Override
    public String toString() {
      return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }
  }

  /**
   * Reads a URI.
   *
   * @param schemes the schemes that are possible, in lower case
   * @param defaultPort the port of a host that gives none
   * @throws IllegalArgumentException if the text can't be read; the message says what was expected,
   *     and quotes no part that a typing error may have made a password
   */
  public static BrokerUri parse(String text, List<String> schemes, int defaultPort) {
    String uri = text.strip();
    int end = uri.indexOf("://");
    String scheme = end < 0 ? "" : uri.substring(0, end).toLowerCase(Locale.ROOT);
    if (!schemes.contains(scheme)) {
      throw new IllegalArgumentException(
          "another scheme or none (expected: %s://...)"
              .formatted(String.join("://..., ", schemes)));
    }
    return new BrokerUriReader(scheme, uri.substring(end + 3), defaultPort).read();
  }

  /** The URI with {@code ***} for the password. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(scheme).append("://");
    if (user != null || password != null) {
      text.append(user == null ? "" : user).append(password == null ? "" : ":***").append('@');
    }
    text.append(String.join(",", hosts.stream().map(Host::toString).toList()));
    path.forEach(segment -> text.append('/').append(segment));
    return text.toString();
  }
}
