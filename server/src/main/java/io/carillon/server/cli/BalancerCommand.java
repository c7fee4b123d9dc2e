package io.carillon.server.cli;

import io.carillon.config.InvalidConfigurationException;
import io.carillon.server.Parts;
import io.carillon.server.balancer.BalancerKind;
import io.carillon.server.balancer.NodeAddress;
import io.carillon.server.balancer.NodeFacts;
import io.carillon.server.balancer.Site;
import io.carillon.server.balancer.Site.ClientAddress;
import io.carillon.server.balancer.Site.Discovery;
import io.carillon.server.balancer.Site.Entry;
import io.carillon.server.balancer.Site.Layer;
import io.carillon.server.balancer.Site.Spread;
import io.carillon.server.balancer.Site.Stickiness;
import io.carillon.server.balancer.Site.Trust;
import io.carillon.server.config.NodeConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a balancer's configuration for the nodes of this configuration. */
@Command(
    name = "balancer",
    description = {
      "Print the configuration of a balancer in front of nodes.",
      "The nodes' configuration says how often they ping, and the rest that has to fit."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BalancerCommand implements Callable<Integer>, NodeCommand {

  private static final String ANY = "*";
  private static final int SLOTS = 10;

  private final Parts parts;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "KIND", description = "haproxy, nginx, traefik, envoy or caddy.")
  private BalancerKind kind = BalancerKind.HAPROXY;

  @Option(
      names = "--node",
      paramLabel = "NAME=HOST:PORT",
      description = "A node; may be given several times. Without a name it is node-1, node-2, ...")
  private List<String> nodes = new ArrayList<>();

  @Option(
      names = "--discover",
      paramLabel = "HOST:PORT",
      description = "A name of the DNS with the addresses of all nodes.")
  private @Nullable String discover;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "The most nodes that --discover takes in (default: " + SLOTS + ").")
  private int slots = SLOTS;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where clients connect; * is every address (default: *:80, with TLS *:443).")
  private @Nullable String listen;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "TLS for clients: the certificate, its chain and its key in one PEM file.")
  private @Nullable String certificate;

  @Option(
      names = "--mode",
      paramLabel = "http|tcp",
      description =
          "http reads requests, and retries upgrades; tcp passes bytes on (default: http).")
  private Layer mode = Layer.HTTP;

  @Option(
      names = "--balance",
      paramLabel = "leastconn|roundrobin",
      description = "Which node gets a new client (default: leastconn; for nginx roundrobin).")
  private @Nullable Spread balance;

  @Option(
      names = "--sticky",
      description = "Clients come back to their node, by a cookie. WebSockets don't need that.")
  private boolean sticky;

  @Option(
      names = "--proxy-protocol",
      description = "Tell nodes the client's address by the PROXY protocol; see the key `proxy`.")
  private boolean proxyProtocol;

  @Option(
      names = "--metrics",
      paramLabel = "HOST:PORT",
      description =
          "Where the balancer serves its own metrics for Prometheus; nginx serves its counters for"
              + " an exporter.")
  private @Nullable String metrics;

  @Option(
      names = "--renewals",
      paramLabel = "HOST:PORT",
      description =
          "Where certbot answers during a renewal. Port 80 then leads there, or else to TLS"
              + " (haproxy, nginx).")
  private @Nullable String renewals;

  @Option(
      names = "--node-name",
      paramLabel = "NAME",
      description = "A name that the nodes' own certificates have, if they speak TLS.")
  private @Nullable String nodeName;

  @Option(
      names = "--node-ca",
      paramLabel = "FILE",
      description = "The authority of these certificates (default: those of the system).")
  private @Nullable String nodeAuthority;

  BalancerCommand(Parts parts) {
    this.parts = parts;
  }

  @Override
  public SettingFlags.Offer offer() {
    return SettingFlags.Offer.SOURCES;
  }

  @Override
  public Integer call() throws InvalidConfigurationException {
    NodeConfiguration config =
        NodeConfiguration.load(
            parts,
            new SettingFlags(parts).sources(spec.commandLine().getParseResult(), System.getenv()));
    try {
      Site site = site(NodeFacts.of(config.server()));
      spec.commandLine().getOut().print(kind.configuration(site));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    spec.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }

  private Site site(NodeFacts facts) {
    List<NodeAddress> addresses = new ArrayList<>();
    for (String node : nodes) {
      addresses.add(NodeAddress.parse(node, "node-" + (addresses.size() + 1)));
    }
    return new Site(
        facts,
        addresses,
        discovery(),
        entry(),
        mode,
        balance == null ? kind.usualSpread() : balance,
        sticky ? Stickiness.COOKIE : Stickiness.NONE,
        proxyProtocol ? ClientAddress.PROXY_PROTOCOL : ClientAddress.FORWARDED,
        nodeName == null ? null : new Trust(nodeName, nodeAuthority),
        metrics == null ? null : NodeAddress.parse(metrics, "metrics"));
  }

  private @Nullable Discovery discovery() {
    if (discover == null) {
      return null;
    }
    NodeAddress name = NodeAddress.parse(discover, "node");
    return new Discovery(name.host(), name.port(), slots);
  }

  private Entry entry() {
    NodeAddress certbot = renewals == null ? null : NodeAddress.parse(renewals, "renewals");
    if (listen == null) {
      return new Entry(ANY, certificate == null ? 80 : 443, certificate, certbot);
    }
    boolean isAny = listen.startsWith(ANY + ":");
    NodeAddress given = NodeAddress.parse(isAny ? "any" + listen.substring(1) : listen, "entry");
    return new Entry(isAny ? ANY : given.host(), given.port(), certificate, certbot);
  }
}
