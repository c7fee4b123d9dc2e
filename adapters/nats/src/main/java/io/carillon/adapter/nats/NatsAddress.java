package io.carillon.adapter.nats;

import java.util.List;

/**
 * The servers of NATS and the credentials, as {@code nats://} or {@code tls://} URLs give them. No
 * password and no token shows in {@link #toString()} or in any error.
 *
 * @param tls whether to speak TLS
 * @param hosts the servers, which are one server or one cluster of NATS; at least one
 * @param credentials the credentials in the URLs
 */
public record NatsAddress(boolean tls, List<Host> hosts, Credentials credentials) {

  static final int PORT = 4222;

  public NatsAddress {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("NATS servers: none (expected: at least one)");
    }
  }

  /**
   * Reads one or several URLs, separated by commas. All have the same scheme. Credentials may stand
   * in the first one only, or in all of them alike.
   *
   * @throws IllegalArgumentException if the text can't be read; the message says what was expected
   */
  public static NatsAddress parse(String text) {
    return NatsAddressParser.parse(List.of(text.split(",", -1)));
  }

  /** The scheme of the URLs. */
  String scheme() {
    return tls ? "tls" : "nats";
  }

  /** The URLs with {@code ***} for the secret. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(scheme()).append("://").append(credentials.shown());
    for (int i = 0; i < hosts.size(); i++) {
      text.append(i == 0 ? "" : ",").append(hosts.get(i));
    }
    return text.toString();
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
        throw new IllegalArgumentException("NATS host: \"\" (expected: a name or an address)");
      }
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("NATS port: " + port + " (expected: 1 to 65535)");
      }
    }

    @Override
    public String toString() {
      return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }
  }

  /**
   * How a node proves to NATS which user it is.
   *
   * @param user the name; empty for none
   * @param password the user's password
   * @param token a token instead of a user; empty for none
   */
  public record Credentials(String user, String password, String token) {

    /** None: the server asks for none, or a client certificate is enough. */
    public static final Credentials NONE = new Credentials("", "", "");

    boolean hasSecret() {
      return !password.isEmpty() || !token.isEmpty();
    }

    private String shown() {
      if (!token.isEmpty()) {
        return "***@";
      }
      return user.isEmpty() ? "" : user + ":***@";
    }

    /** Nothing of it may be shown by accident. */
    @Override
    public String toString() {
      return shown();
    }
  }
}
