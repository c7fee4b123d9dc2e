package io.carillon.conformance.proxy;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * HAProxy in front of two nodes, configured as docs/deploy.md says except for TLS. It has three
 * ports: one for which the nodes take turns, and one for each node, for tests that have to know
 * their node.
 */
public final class Balancer implements AutoCloseable {

  private static final String DOCUMENT = "/etc/haproxy/haproxy.cfg";

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
      List<Integer> doors = List.of(Ports.free(), Ports.free(), Ports.free());
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
      replace(text, "10.0.0.1" + (i + 1) + ":8080", address);
      text.append(
          """

          frontend door-%1$d
            bind 127.0.0.1:%2$d
            default_backend only-%1$d

          backend only-%1$d
            server node %3$s
          """
              .formatted(i + 1, doors.get(i + 1), address));
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
    URI door = URI.create("http://127.0.0.1:" + port());
    await()
        .atMost(Patience.LIMIT)
        .ignoreExceptions()
        .failFast(() -> !haproxy.isAlive())
        .until(() -> Http.get(door, "/").status() == 200);
    return this;
  }

  /** Where the nodes take turns. */
  public int port() {
    return doors.getFirst();
  }

  /** The door of one node, from 1. */
  public int door(int node) {
    return doors.get(node);
  }

  @Override
  public void close() {
    haproxy.destroy();
    haproxy.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    Folders.deleteTree(folder);
  }
}
