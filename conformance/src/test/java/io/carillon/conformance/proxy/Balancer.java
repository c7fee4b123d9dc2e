package io.carillon.conformance.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Http;
import io.carillon.conformance.docs.Guide;
import io.carillon.conformance.docs.Guide.Document;
import io.carillon.conformance.machine.Folders;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.node.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * HAProxy in front of two nodes or more, configured as docs/deploy.md says except for TLS. It has a
 * port for which the nodes take turns, and one for each node, for tests that have to know their
 * node.
 */
public final class Balancer implements AutoCloseable {

  private static final String DOCUMENT = "/etc/haproxy/haproxy.cfg";

  /** The document's number of nodes. */
  private static final int DOCUMENTED = 2;

  /** The columns of HAProxy's statistics: a server's name, and how many sessions it has had. */
  private static final int NAME = 1;

  private static final int SESSIONS = 7;

  private final Path folder;
  private final Process haproxy;
  private final List<Integer> doors;

  private Balancer(Path folder, Process haproxy, List<Integer> doors) {
    this.folder = folder;
    this.haproxy = haproxy;
    this.doors = doors;
  }

  /** Starts it and waits until it answers. */
  public static Balancer start(List<Node> nodes) {
    try {
      Path folder = Files.createTempDirectory("carillon-haproxy");
      List<Integer> doors = Stream.generate(Ports::free).limit(1L + nodes.size()).toList();
      Path configuration = folder.resolve("haproxy.cfg");
      Files.writeString(configuration, configuration(folder, nodes, doors));
      Process haproxy =
          new ProcessBuilder("/usr/sbin/haproxy", "-db", "-f", configuration.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      Balancer balancer = new Balancer(folder, haproxy, doors);
      Runtime.getRuntime().addShutdownHook(new Thread(haproxy::destroyForcibly));
      return balancer.awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String configuration(Path folder, List<Node> nodes, List<Integer> doors)
      throws IOException {
    Document page =
        Guide.read(Project.root().resolve("docs/deploy.md"))
            .section("The balancer")
            .steps()
            .stream()
            .filter(Document.class::isInstance)
            .map(Document.class::cast)
            .filter(document -> document.path().equals(DOCUMENT))
            .findFirst()
            .orElseThrow();
    StringBuilder text = new StringBuilder(page.text());
    replace(text, "maxconn 100000", "maxconn 1000");
    replace(text, "/run/haproxy/admin.sock", folder + "/admin.sock");
    replace(text, "bind :80\n", "bind 127.0.0.1:" + doors.get(0) + "\n");
    replace(text, "  bind :443 ssl crt /etc/haproxy/certs/ alpn http/1.1\n", "");
    replace(text, "  http-request redirect scheme https unless { ssl_fc } or renewal\n", "");
    // So that both nodes are asked, however many clients each has.
    replace(text, "balance leastconn", "balance roundrobin");
    for (int i = 0; i < nodes.size(); i++) {
      String address = nodes.get(i).url().getAuthority();
      if (i < DOCUMENTED) {
        replace(text, "10.0.0.1" + (i + 1) + ":8080", address);
      } else {
        text.append("  server node-%d %s\n".formatted(i + 1, address));
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      text.append(
          """

          frontend door-%1$d
            bind 127.0.0.1:%2$d
            default_backend only-%1$d

          backend only-%1$d
            server node %3$s
          """
              .formatted(i + 1, doors.get(i + 1), nodes.get(i).url().getAuthority()));
    }
    return text.toString();
  }

  private static void replace(StringBuilder text, String documented, String here) {
    int start = text.indexOf(documented);
    if (start < 0) {
      throw new AssertionError("docs/deploy.md no longer says: " + documented);
    }
    text.replace(start, start + documented.length(), here);
  }

  private Balancer awaitReady() {
    await()
        .atMost(Patience.LIMIT)
        .ignoreExceptions()
        .failFast(() -> !haproxy.isAlive())
        .until(() -> Http.get(url(), "/").status() == 200);
    return this;
  }

  /** Where the nodes take turns. */
  public URI url() {
    return URI.create("ws://127.0.0.1:" + port());
  }

  /** The port of {@link #url}. */
  public int port() {
    return doors.getFirst();
  }

  /** The door of one node, from 1. */
  public int door(int node) {
    return doors.get(node);
  }

  /** How many sessions the balancer has given to each node so far, in the order of the nodes. */
  public List<Long> sessions() {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("admin.sock"));
    try (SocketChannel channel = SocketChannel.open(address)) {
      channel.write(ByteBuffer.wrap("show stat nodes 4 -1\n".getBytes(US_ASCII)));
      String statistics = new String(Channels.newInputStream(channel).readAllBytes(), US_ASCII);
      return statistics
          .lines()
          .map(line -> line.split(",", -1))
          .filter(columns -> columns.length > SESSIONS && columns[NAME].startsWith("node-"))
          .map(columns -> Long.parseLong(columns[SESSIONS]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    haproxy.destroy();
    haproxy.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    Folders.deleteTree(folder);
  }
}
