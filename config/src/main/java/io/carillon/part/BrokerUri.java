package io.carillon.part;

import io.carillon.part.BrokerUriSyntax.Scheme;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a broker's URI, decoded: {@code scheme://user:password@host1:port,host2/path?query}.
 * The password never shows in {@link #toString()} or in any error.
 *
 * @param scheme in lower case
 * @param user null if the URI has none
 * @param password null if the URI has none
 * @param hosts at least one
 * @param path the segments between slashes; none for an empty path
 * @param query the values of the query by their names
 */
public record BrokerUri(
    String scheme,
    @Nullable String user,
    @Nullable String password,
    List<Host> hosts,
    List<String> path,
    Map<String, String> query) {

  public BrokerUri {
    hosts = List.copyOf(hosts);
    path = List.copyOf(path);
    query = Map.copyOf(query);
  }

  /** A URI without a query. */
  public BrokerUri(
      String scheme,
      @Nullable String user,
      @Nullable String password,
      List<Host> hosts,
      List<String> path) {
    this(scheme, user, password, hosts, path, Map.of());
  }

  /**
   * One server.
   *
   * @param name a host name, an IPv4 or an IPv6 address without brackets
   * @param port its port
   */
  public record Host(String name, int port) {

    public Host {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("host: \"\" (expected: a name or an address)");
      }
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
      }
    }

    @Override
    public String toString() {
      return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }
  }

  /**
   * Reads a URI that names its hosts and has no query; {@link BrokerUriSyntax} reads other ones.
   *
   * @param schemes the schemes that are possible, in lower case
   * @param defaultPort the port of a host that gives none
   * @throws IllegalArgumentException if the text can't be read; the message says what was expected,
   *     and quotes no part that a typing error may have made a password
   */
  public static BrokerUri parse(String text, List<String> schemes, int defaultPort) {
    List<Scheme> all = schemes.stream().map(name -> new Scheme(name, defaultPort)).toList();
    return new BrokerUriSyntax(all, null, List.of()).read(text);
  }

  /** The URI with {@code ***} for the password, without the query. */
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
