package io.carillon.server.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address to listen on, as it is configured, or to connect to, and its form in a URL. An IPv6
 * address may be given with or without brackets; {@code 0.0.0.0} and {@code ::} mean all addresses
 * of this machine. Immutable; uses nothing but the JDK, because a health check must start quickly.
 *
 * @param host a name or an address, without brackets
 * @param port the port
 */
public record ListenAddress(String host, int port) {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int MAX_PORT = 65_535;

  /** User information, a name or an address in brackets, and a port (RFC 3986, section 3.2). */
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:[^@]*@)?([^:@\\[\\]]+|\\[[^@\\[\\]]+])(?::(\\d{0,5}))?");

  public ListenAddress {
    host = withoutBrackets(host.strip());
  }

  /** The address of a listener, as the system reports it. */
  public static ListenAddress of(InetSocketAddress bound) {
    return new ListenAddress(bound.getAddress().getHostAddress(), bound.getPort());
  }

  /**
   * The address in a URL; empty if the URL has none. A name may have an underscore, as names of
   * containers do; {@link URI#getHost} is null then.
   *
   * @param defaultPort the port if the URL has none
   */
  public static Optional<ListenAddress> in(URI url, int defaultPort) {
    Matcher authority =
        AUTHORITY.matcher(url.getRawAuthority() == null ? "" : url.getRawAuthority());
    if (!authority.matches()) {
      return Optional.empty();
    }
    String digits = authority.group(2) == null ? "" : authority.group(2);
    int port = digits.isEmpty() ? defaultPort : Integer.parseInt(digits);
    return port > MAX_PORT
        ? Optional.empty()
        : Optional.of(new ListenAddress(authority.group(1), port));
  }

  /** A host as the JDK's sockets take it: URLs put an IPv6 address into brackets. */
  public static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** Whether it means all addresses of this machine. */
  public boolean isEverywhere() {
    return literal().map(InetAddress::isAnyLocalAddress).orElse(false);
  }

  /** Whether the host is an address and not a name. */
  public boolean isLiteral() {
    return literal().isPresent();
  }

  /**
   * Whether this machine has the address. Of all names only {@code localhost} counts, and no name
   * service is asked.
   */
  public boolean isOfThisMachine() {
    return host.equals("localhost") || literal().map(ListenAddress::isHere).orElse(false);
  }

  private static boolean isHere(InetAddress address) {
    try {
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  private Optional<InetAddress> literal() {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException name) {
      return Optional.empty();
    }
  }

  /** Host and port in the form of a URL, {@code [::1]:8080}. */
  public String authority() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /** The address by which a client on this machine reaches this one. */
  public ListenAddress reachable() {
    return isEverywhere() || host.isEmpty() ? new ListenAddress(LOOPBACK, port) : this;
  }

  /** As {@link #authority}. */
  @Override
  public String toString() {
    return authority();
  }
}
