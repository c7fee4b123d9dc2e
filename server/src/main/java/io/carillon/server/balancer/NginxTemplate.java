package io.carillon.server.balancer;

import io.carillon.server.balancer.Site.Layer;
import io.carillon.server.balancer.Site.Spread;
import java.util.function.Function;

/**
 * nginx, from version 1.18, without its commercial parts: it asks nodes nothing by itself, and
 * learns from a client's request that a node is gone.
 */
final class NginxTemplate implements BalancerTemplate {

  private static final int CONNECTIONS_PER_CLIENT = 2;

  @Override
  public String render(Site site) {
    if (site.discovery() != null) {
      throw new IllegalArgumentException(
          "nginx finds nodes by a name only in its commercial form (expected: --node for each"
              + " node)");
    }
    ConfigText text = new ConfigText();
    long connections = site.maxConnections() * CONNECTIONS_PER_CLIENT;
    text.why(
        "The free nginx checks no node by itself, has no slow start, and can't end the connections"
            + " of a node that hangs: clients have to notice its silence.");
    text.line("worker_processes auto;");
    text.why("Two for each client, its own and the node's. One worker may get all clients.");
    text.line("worker_rlimit_nofile " + connections + ";");
    text.why("After a reload old workers keep their WebSockets for so long, and then cut them.");
    text.line("worker_shutdown_timeout 1h;");
    if (site.layer() == Layer.TCP) {
      text.why("The module `stream` is a package of its own in many distributions.");
      text.line("include /etc/nginx/modules-enabled/*.conf;");
    }
    text.line("events { worker_connections " + connections + "; }");
    text.blank();
    NodeAddress metrics = site.metrics();
    if (site.layer() == Layer.TCP) {
      text.braces("stream", () -> connections(text, site));
      if (metrics != null) {
        text.braces("http", () -> status(text, metrics));
      }
    } else {
      text.braces("http", () -> new NginxRequests(site).write(text));
    }
    return text.toString();
  }

  /** The counters of the free nginx, which its exporter for Prometheus reads. */
  static void status(ConfigText text, NodeAddress at) {
    text.why("For nginx-prometheus-exporter. Only your own network should reach it.");
    text.braces(
        "server",
        () ->
            text.line("listen " + at.authority() + ";")
                .line("location = /stub_status { stub_status; access_log off; }")
                .line("location / { return 404; }"));
  }

  private static void connections(ConfigText text, Site site) {
    site.refuseRenewals("--mode http");
    text.braces(
        "upstream nodes",
        () -> {
          balance(text, site, "nodes");
          servers(text, site, node -> "");
        });
    text.braces("server", () -> connection(text, site));
  }

  private static void connection(ConfigText text, Site site) {
    text.line("listen " + listen(site) + ";");
    certificate(text, site);
    text.line("proxy_pass nodes;");
    text.why("If a node can't be reached in this time, the next one is tried.");
    text.line("proxy_connect_timeout 2s;");
    text.why(
        "A connection without any byte for so long has ended: nodes ping every %s, and keep a"
                .formatted(ConfigText.seconds(site.facts().heartbeat()))
            + " connection between two requests for %s."
                .formatted(ConfigText.seconds(site.facts().keepAlive())));
    text.line("proxy_timeout " + ConfigText.seconds(site.facts().anySilence()) + ";");
    if (site.usesProxyProtocol()) {
      text.why(
          "Version 1, the only one that nginx sends. Nodes need `proxy.protocol`, and"
              + " `proxy.trusted` with this address.");
      text.line("proxy_protocol on;");
    } else {
      text.why(
          "Nodes see nginx's address instead of a client's, and whatever the client writes into"
              + " X-Forwarded-For: do not name nginx in the nodes' `proxy.trusted`.");
    }
    if (site.facts().speaksTls()) {
      text.line("proxy_ssl on;");
      verify(text, site);
    }
  }

  // Both layers. ----------------------------------------------------------------------------------

  static void balance(ConfigText text, Site site, String name) {
    text.why("The workers share what they know of the nodes.");
    text.line("zone " + name + " 256k;");
    if (site.spread() == Spread.LEASTCONN) {
      text.why("Connections last for days, so their number counts and not the turn.");
      text.line("least_conn;");
    }
  }

  static void servers(ConfigText text, Site site, Function<NodeAddress, String> more) {
    text.why("A node that has failed twice gets no clients for the next 5 s.");
    for (NodeAddress node : site.nodes()) {
      text.line(
          "server " + node.authority() + " max_fails=2 fail_timeout=5s" + more.apply(node) + ";");
    }
  }

  static String listen(Site site) {
    Site.Entry entry = site.entry();
    String host = entry.host().equals("*") ? "" : entry.host() + ":";
    return host + entry.port() + (entry.speaksTls() ? " ssl" : "");
  }

  static void certificate(ConfigText text, Site site) {
    if (site.entry().speaksTls()) {
      text.line("ssl_certificate " + site.entry().certificate() + ";");
      text.line("ssl_certificate_key " + site.entry().certificate() + ";");
      text.line("ssl_protocols TLSv1.2 TLSv1.3;");
    }
  }

  static void verify(ConfigText text, Site site) {
    text.line("proxy_ssl_verify on;");
    text.line("proxy_ssl_server_name on;");
    text.line("proxy_ssl_name " + site.certifiedName() + ";");
    text.line(
        "proxy_ssl_trusted_certificate "
            + site.authorityOr("/etc/ssl/certs/ca-certificates.crt")
            + ";");
  }
}
