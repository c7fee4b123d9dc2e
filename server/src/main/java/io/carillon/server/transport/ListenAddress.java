package io.carillon.server.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/**
 * An address to listen on, as it is configured, and its form in a URL. An IPv6 address may have
 * brackets or none; {@code 0.0.0.0} and {@code ::} are all addresses of this machine. Immutable;
 * uses nothing but the JDK, since a health check must start quickly.
 *
 * @param host a name or an address, without brackets
 * @param port the port
 */
public record ListenAddress(String host, int port) {

  private static final String LOOPBACK = "127.0.0.1";

  public ListenAddress {
    host = withoutBrackets(host.strip());
  }

  /** The address of a listener, as the system tells it. */
  public static ListenAddress of(InetSocketAddress bound) {
    return new ListenAddress(bound.getAddress().getHostAddress(), bound.getPort());
  }

  /** A host as the JDK's sockets take it: URLs put an IPv6 address into brackets. */
  public static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** Whether a connection to any of this machine's addresses reaches it. */
  public boolean isEverywhere() {
    return isLiteral() && InetAddress.ofLiteral(host).isAnyLocalAddress();
  }

  /** Whether the host is an address and not a name. */
  public boolean isLiteral() {
    try {
      return InetAddress.ofLiteral(host) != null;
    } catch (IllegalArgumentException name) {
      return false;
    }
  }

  /** Whether this machine has it. Asks the resolver where it is a name, so it may block. */
  public boolean isOfThisMachine() {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (UnknownHostException | SocketException e) {
      return false;
    }
  }

  /** Host and port as a URL has them, {@code [::1]:8080}. */
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
