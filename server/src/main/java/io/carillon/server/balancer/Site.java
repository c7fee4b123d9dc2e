package io.carillon.server.balancer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a balancer, and how clients reach it.
 *
 * @param facts what the nodes have in common
 * @param nodes the nodes; empty only if they are discovered
 * @param discovery where the balancer finds further nodes; null for nowhere
 * @param entry where clients connect
 * @param layer on which layer connections are passed on
 * @param spread which node gets a new connection
 * @param stickiness whether a client comes back to its node
 * @param clientAddress how a node learns the address of a client
 * @param trust what a certificate of a node has to be; null if the nodes speak without TLS
 * @param metrics where the balancer serves its own metrics; null for nowhere
 */
public record Site(
    NodeFacts facts,
    List<NodeAddress> nodes,
    @Nullable Discovery discovery,
    Entry entry,
    Layer layer,
    Spread spread,
    Stickiness stickiness,
    ClientAddress clientAddress,
    @Nullable Trust trust,
    @Nullable NodeAddress metrics) {

  /** Characters that no balancer's language takes for anything else. */
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9._/@+-]+");

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

  /** Beside WebSockets: the API's connections, health checks, clients that are refused. */
  private static final int OTHER_CONNECTIONS = 10_000;

  /** On which layer connections are passed on. */
  public enum Layer {
    /** The balancer reads requests: it can retry upgrades, set cookies and serve TLS. */
    HTTP,
    /** The balancer passes bytes on. */
    TCP
  }

  /** Which node gets a new connection. */
  public enum Spread {
    LEASTCONN,
    ROUNDROBIN
  }

  /** Whether a client comes back to its node. */
  public enum Stickiness {
    NONE,
    COOKIE
  }

  /** How a node learns the address of a client. */
  public enum ClientAddress {
    /** From X-Forwarded-For, which the balancer sets anew. */
    FORWARDED,
    /** From the PROXY protocol. */
    PROXY_PROTOCOL
  }

  /**
   * Where clients connect.
   *
   * @param host an address of the balancer; {@code *} for all
   * @param certificate the file with the certificate, its chain and its key; null for no TLS
   * @param renewals the program that answers a certificate authority's questions, which arrive on
   *     port 80; null for none, and then nothing listens on port 80
   */
  public record Entry(
      String host, int port, @Nullable String certificate, @Nullable NodeAddress renewals) {

    public Entry {
      check(certificate);
      if (renewals != null && certificate == null) {
        throw new IllegalArgumentException(
            "renewals without a certificate (expected: --certificate beside --renewals)");
      }
    }

    boolean speaksTls() {
      return certificate != null;
    }
  }

  /**
   * What a certificate of a node has to be.
   *
   * @param name the name that the certificates of all nodes have
   * @param authority the file with the authorities that the certificates must lead to; null for
   *     those of the system
   */
  public record Trust(String name, @Nullable String authority) {

    public Trust {
      check(authority);
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("\"" + name + "\" (expected: a host name)");
      }
    }
  }

  /**
   * A name of the DNS that stands for all nodes.
   *
   * @param slots the most nodes that the balancer takes in
   */
  public record Discovery(String name, int port, int slots) {}

  public Site {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty() && discovery == null) {
      throw new IllegalArgumentException("no nodes (expected: --node or --discover)");
    }
    if (facts.speaksTls() && trust == null) {
      throw new IllegalArgumentException(
          "the nodes speak TLS (expected: --node-name with a name that their certificates have)");
    }
    Set<String> names = new HashSet<>();
    for (NodeAddress node : nodes) {
      if (!names.add(node.name())) {
        throw new IllegalArgumentException("two nodes have the name " + node.name());
      }
    }
    if (layer == Layer.TCP && stickiness == Stickiness.COOKIE) {
      throw new IllegalArgumentException(
          "a balancer that passes bytes on sets no cookies (expected: --sticky or --mode tcp)");
    }
  }

  private static void check(@Nullable String file) {
    if (file != null && !FILE.matcher(file).matches()) {
      throw new IllegalArgumentException(
          "\"" + file + "\" (expected: a path of letters, digits and . _ / @ + -)");
    }
  }

  boolean usesProxyProtocol() {
    return clientAddress == ClientAddress.PROXY_PROTOCOL;
  }

  boolean isSticky() {
    return stickiness == Stickiness.COOKIE;
  }

  /** The most connections of clients and of backends together. */
  long maxConnections() {
    long places = nodes.size() + (discovery == null ? 0L : discovery.slots());
    return places * facts.maxConnections() + OTHER_CONNECTIONS;
  }

  /** The file with the authorities of the nodes' certificates, or this one of the system. */
  String authorityOr(String ofTheSystem) {
    return trust == null || trust.authority() == null ? ofTheSystem : trust.authority();
  }

  /** The name that the nodes' certificates have; empty if the nodes speak without TLS. */
  String certifiedName() {
    return trust == null ? "" : trust.name();
  }

  /** The regular expression of paths that only balancers ask for, with and without the prefix. */
  String checksPattern() {
    return "(" + facts.prefix().replace(".", "\\.") + ")?/(ready|health|live)/?";
  }

  /** The paths that only balancers ask for, with and without the prefix. */
  List<String> checkPaths() {
    List<String> paths = new ArrayList<>();
    for (String prefix : new LinkedHashSet<>(List.of("", facts.prefix()))) {
      for (String path : List.of("/ready", "/health", "/live")) {
        paths.add(prefix + path);
        paths.add(prefix + path + "/");
      }
    }
    return paths;
  }

  /** For balancers that leave renewals to other programs, or renew certificates themselves. */
  void refuseRenewals(String remedy) {
    if (entry.renewals() != null) {
      throw new IllegalArgumentException(
          "no --renewals for this balancer (expected: " + remedy + ")");
    }
  }
}
