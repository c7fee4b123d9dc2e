package io.carillon.server.balancer;

import io.carillon.server.balancer.Site.Layer;
import java.util.Locale;

/** HAProxy, from version 2.6. */
final class HaProxyTemplate implements BalancerTemplate {

  @Override
  public String render(Site site) {
    ConfigText text = new ConfigText();
    HaProxyServers servers = new HaProxyServers(site);
    global(text, site, servers);
    defaults(text, site);
    if (site.discovery() != null) {
      resolvers(text);
    }
    if (site.entry().renewals() != null) {
      port80(text, site.entry().renewals());
    }
    if (site.metrics() != null) {
      metrics(text, site.metrics());
    }
    if (site.layer() == Layer.TCP) {
      frontend(text, site, () -> connections(text, site));
      servers.connections(text);
    } else {
      frontend(text, site, () -> requests(text, site));
      servers.requests(text);
    }
    return text.toString();
  }

  private static void global(ConfigText text, Site site, HaProxyServers servers) {
    text.block(
        "global",
        () -> {
          text.why("The clients of all nodes, and some thousand connections of backends.");
          text.line("maxconn " + site.maxConnections());
          text.why(
              "Commands are given by `socat stdio /run/haproxy/admin.sock`. This one sends a node"
                  + " no new clients:");
          text.example("set server " + servers.first() + " state drain");
          if (!site.isSticky() && site.discovery() == null) {
            text.why("These add a node without a reload, until the file names the node, too:");
            servers.examplesOfAdding().forEach(text::example);
          }
          text.line("stats socket /run/haproxy/admin.sock mode 600 level admin");
          text.why(
              "After a reload the old process keeps its WebSockets for so long. Then it cuts those"
                  + " that are left, all at once.");
          text.line("hard-stop-after 1h");
          if (site.entry().speaksTls()) {
            text.line("ssl-default-bind-options ssl-min-ver TLSv1.2");
          }
        });
    text.blank();
  }

  private static void defaults(ConfigText text, Site site) {
    text.block(
        "defaults",
        () -> {
          text.line("mode " + site.layer().name().toLowerCase(Locale.ROOT));
          text.why("A node on the same network answers within milliseconds, or is gone.");
          text.line("timeout connect 5s");
          if (site.layer() == Layer.HTTP) {
            requestTimeouts(text, site);
          } else {
            connectionTimeouts(text, site);
          }
          text.why("A client that is gone does not answer the end of its connection.");
          text.line("timeout client-fin 30s");
          text.why(
              "A node that hangs is down after 3.5 s: at most 1 s until a check begins, 1 s without"
                  + " an answer, 0.5 s, and 1 s again.");
          text.line("timeout check 1s");
          text.why("A node that was down gets its share of new clients within ten seconds.");
          text.line("default-server check inter 1s fastinter 500ms fall 2 rise 2 slowstart 10s");
        });
    text.blank();
  }

  private static void connectionTimeouts(ConfigText text, Site site) {
    text.why(
        "A connection without any byte for so long has ended: nodes ping every %s, and keep a"
                .formatted(ConfigText.seconds(site.facts().heartbeat()))
            + " connection between two requests for %s."
                .formatted(ConfigText.seconds(site.facts().keepAlive())));
    text.line("timeout client " + ConfigText.seconds(site.facts().anySilence()));
    text.line("timeout server " + ConfigText.seconds(site.facts().anySilence()));
  }

  private static void requestTimeouts(ConfigText text, Site site) {
    text.line("timeout client 30s");
    text.line("timeout server 30s");
    text.why("A request that takes longer to arrive is refused; nodes allow as much.");
    text.line("timeout http-request " + ConfigText.seconds(site.facts().handshake()));
    text.why(
        "Replaces the timeouts of client and server once a connection is a WebSocket. Nodes ping"
            + " every %s and close the connections of clients that do not answer."
                .formatted(ConfigText.seconds(site.facts().heartbeat())));
    text.line("timeout tunnel " + tunnel(site));
    text.why(
        "One request for each connection: if a node dies during a later request, HAProxy closes the"
            + " connection without an answer, and libraries then repeat their POST. WebSockets are"
            + " not affected.");
    text.line("option httpclose");
  }

  /** The usual hour, unless the nodes ping less often than that. */
  private static String tunnel(Site site) {
    long seconds = site.facts().silence().toSeconds();
    return seconds > 3600 ? seconds + "s" : "1h";
  }

  private static void resolvers(ConfigText text) {
    text.block(
        "resolvers dns",
        () -> {
          text.line("parse-resolv-conf");
          text.why("Room for the addresses of many nodes in one answer.");
          text.line("accepted_payload_size 8192");
          text.line("hold valid 5s");
        });
    text.blank();
  }

  private static void port80(ConfigText text, NodeAddress renewals) {
    text.why("The questions of a certificate authority; all other requests are sent to TLS.");
    text.block(
        "frontend plain",
        () -> {
          text.line("mode http");
          text.line("bind :80");
          text.line("acl renewal path_beg /.well-known/acme-challenge/");
          text.line("http-request redirect scheme https unless renewal");
          text.line("default_backend renewals");
        });
    text.blank();
    text.block(
        "backend renewals",
        () -> {
          text.line("mode http");
          text.why("It runs only during a renewal, so it is not checked.");
          text.line("server renewals " + renewals.authority() + " no-check");
        });
    text.blank();
  }

  private static void metrics(ConfigText text, NodeAddress at) {
    text.why("For Prometheus, at /metrics. Only your own network should reach it.");
    text.block(
        "frontend metrics",
        () -> {
          text.line("mode http");
          text.line("bind " + at.authority());
          text.line("http-request use-service prometheus-exporter if { path /metrics }");
          text.line("http-request deny deny_status 404");
        });
    text.blank();
  }

  private static void frontend(ConfigText text, Site site, Runnable lines) {
    text.block(
        "frontend public",
        () -> {
          text.line("bind " + bind(site.entry()));
          lines.run();
        });
    text.blank();
  }

  private static String bind(Site.Entry entry) {
    String address = (entry.host().equals("*") ? "" : entry.host()) + ":" + entry.port();
    return entry.speaksTls()
        ? address + " ssl crt " + entry.certificate() + " alpn http/1.1"
        : address;
  }

  private static void connections(ConfigText text, Site site) {
    if (!site.usesProxyProtocol()) {
      text.why(
          "Nodes see HAProxy's address instead of a client's, and whatever the client writes into"
              + " X-Forwarded-For: do not name HAProxy in the nodes' `proxy.trusted`.");
    }
    text.why("If no node is ready, the broker is away. Nodes still answer reads then.");
    text.line("use_backend alive if { nbsrv(ready) eq 0 }");
    text.line("default_backend ready");
  }

  private static void requests(ConfigText text, Site site) {
    text.why("Health checks are for balancers and not for strangers.");
    text.line(
        "http-request deny deny_status 404 if { path "
            + String.join(" ", site.checkPaths())
            + " }");
    text.why("A client's own word for its address does not count.");
    text.line("http-request del-header X-Forwarded-For");
    text.line("http-request del-header Forwarded");
    if (!site.usesProxyProtocol()) {
      text.why("Nodes believe this header if their `proxy.trusted` names HAProxy's address.");
      text.line("option forwardfor");
    }
    text.line("use_backend websockets if METH_GET { req.hdr(Upgrade) -i websocket }");
    text.line("default_backend api");
  }
}
