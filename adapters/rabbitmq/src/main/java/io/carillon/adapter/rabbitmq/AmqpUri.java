package io.carillon.adapter.rabbitmq;

import io.carillon.adapter.kit.TlsFiles;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The address of RabbitMQ and the credentials, as an {@code amqp://} or {@code amqps://} URI gives
 * them. The password never shows in {@link #toString()} or in any error.
 *
 * @param tls whether to speak TLS (amqps)
 * @param hosts the servers of one cluster, in the order in which they are tried; at least one
 * @param user the user's name
 * @param password the user's password
 * @param virtualHost the virtual host
 * @param options the options of the query
 */
public record AmqpUri(
    boolean tls,
    List<Host> hosts,
    String user,
    String password,
    String virtualHost,
    Options options) {

  static final int PORT = 5672;
  static final int TLS_PORT = 5671;

  public AmqpUri {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("AMQP hosts: none (expected: at least one)");
    }
  }

  /**
   * Reads a URI, one with several hosts ({@code amqp://u:p@h1,h2:5673/vhost}), or several URIs
   * separated by commas that differ only in their hosts.
   *
   * @throws IllegalArgumentException if the text can't be read; the message says what was expected
   */
  public static AmqpUri parse(String text) {
    return AmqpUriParser.parse(text);
  }

  /** The URI with {@code ***} for the password. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(tls ? "amqps://" : "amqp://");
    text.append(user).append(":***@");
    for (int i = 0; i < hosts.size(); i++) {
      text.append(i == 0 ? "" : ",").append(hosts.get(i));
    }
    return text.append('/').append(virtualHost.equals("/") ? "" : virtualHost).toString();
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
        throw new IllegalArgumentException("AMQP host: \"\" (expected: a name or an address)");
      }
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("AMQP port: " + port + " (expected: 1 to 65535)");
      }
    }

    @Override
    public String toString() {
      return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }
  }

  /**
   * The options of a URI's query; null for those that it doesn't give.
   *
   * @param heartbeat the heartbeat to ask for
   * @param connectionTimeout how long a TCP connection may take
   * @param tls the files and checks of TLS
   * @param serverName a name to ask the server for, which its certificate may have instead of the
   *     host's name
   */
  public record Options(
      @Nullable Duration heartbeat,
      @Nullable Duration connectionTimeout,
      TlsFiles tls,
      @Nullable String serverName) {

    static final Options NONE = new Options(null, null, TlsFiles.NONE, null);
  }
}
