package io.carillon.adapter.rabbitmq;

import io.carillon.adapter.kit.TlsFiles;
import io.carillon.part.BrokerUri;
import io.carillon.part.BrokerUri.Host;
import io.carillon.part.BrokerUriSyntax;
import io.carillon.part.BrokerUriSyntax.Scheme;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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

  static final BrokerUriSyntax SYNTAX =
      new BrokerUriSyntax(
          List.of(new Scheme("amqp", 5672), new Scheme("amqps", 5671)),
          "localhost",
          AmqpUriQuery.KNOWN);

  /** The user that every RabbitMQ has, and its password. */
  static final String GUEST = "guest";

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
    BrokerUri uri = SYNTAX.readAll(List.of(text.strip().split(",(?=amqps?://)", -1)));
    return new AmqpUri(
        uri.scheme().equals("amqps"),
        uri.hosts(),
        Objects.requireNonNullElse(uri.user(), GUEST),
        Objects.requireNonNullElse(uri.password(), GUEST),
        virtualHost(uri.path()),
        AmqpUriQuery.read(uri));
  }

  /** An empty path, "/", "//" and "/%2F" all mean the default virtual host "/". */
  private static String virtualHost(List<String> path) {
    if (path.size() > 1) {
      throw new IllegalArgumentException(
          "several segments behind the host (expected: one segment, a / in the virtual host as"
              + " %2F)");
    }
    return path.isEmpty() ? "/" : path.getFirst();
  }

  /** The URI with {@code ***} for the password. */
  @Override
  public String toString() {
    boolean usual = virtualHost.equals("/");
    List<String> path = usual ? List.of() : List.of(virtualHost);
    return new BrokerUri(tls ? "amqps" : "amqp", user, password, hosts, path) + (usual ? "/" : "");
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
