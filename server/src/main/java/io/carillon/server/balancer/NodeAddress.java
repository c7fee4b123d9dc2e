package io.carillon.server.balancer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a balancer finds a node.
 *
 * @param name the node's name in the balancer's configuration and in its cookie
 * @param host a host name or an address; an IPv6 address without brackets
 * @param port the port of the node's listener
 */
public record NodeAddress(String name, String host, int port) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
  private static final Pattern FORM =
      Pattern.compile("(?:([^=]*)=)?(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+)):([0-9]{1,5})");
  private static final int MAX_PORT = 65_535;

  /** {@code name=host:port} or {@code host:port}, where an IPv6 address is in brackets. */
  static final String EXPECTED = "NAME=HOST:PORT or HOST:PORT";

  /**
   * Reads a node's address.
   *
   * @param text {@link #EXPECTED}
   * @param usualName the name if the text has none
   * @throws IllegalArgumentException with what was expected
   */
  public static NodeAddress parse(String text, String usualName) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" (expected: " + EXPECTED + ")");
    }
    String name = form.group(1) == null ? usualName : form.group(1);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"" + name + "\" (expected: a name of letters, digits, - and _)");
    }
    int port = Integer.parseInt(form.group(4));
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("port " + port + " (expected: 1 to 65535)");
    }
    return new NodeAddress(name, form.group(2) == null ? form.group(3) : form.group(2), port);
  }

  /** As it is written before a port: an IPv6 address in brackets. */
  String authority() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
