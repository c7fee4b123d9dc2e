package io.carillon.server.balancer;

import io.carillon.server.balancer.Site.Layer;
import io.carillon.server.balancer.Site.Spread;

/** Traefik 3: the dynamic configuration, and the command line that goes with it. */
final class TraefikTemplate implements BalancerTemplate {

  private static final String UPGRADE =
      "Method(`GET`) && HeaderRegexp(`Upgrade`, `(?i)^websocket$`)";

  @Override
  public String render(Site site) {
    if (site.discovery() != null) {
      throw new IllegalArgumentException(
          "Traefik finds nodes by its providers, not by a name (expected: --node for each node)");
    }
    site.refuseRenewals("a certificatesResolver: Traefik renews certificates by itself");
    ConfigText text = new ConfigText();
    commandLine(text, site);
    if (site.layer() == Layer.TCP) {
      text.block("tcp:", () -> tcp(text, site));
    } else {
      text.block("http:", () -> http(text, site));
    }
    if (site.entry().speaksTls()) {
      String file = site.entry().certificate();
      text.block(
          "tls:",
          () ->
              text.block(
                  "certificates:",
                  () -> text.line("- certFile: " + file).line("  keyFile: " + file)));
    }
    return text.toString();
  }

  private static void commandLine(ConfigText text, Site site) {
    String host = site.entry().host().equals("*") ? "" : site.entry().host();
    String point = "--entryPoints.public.";
    text.why("Traefik from version 3.4, started with:");
    text.example("traefik --providers.file.filename=carillon.yml");
    text.example(point + "address=" + host + ":" + site.entry().port());
    text.why("For requests to arrive; an open WebSocket is not bound by it:");
    text.example(point + "transport.respondingTimeouts.readTimeout=30s");
    text.why("When Traefik ends, it goes on for 10 s, and then gives WebSockets a minute:");
    text.example(point + "transport.lifeCycle.requestAcceptGraceTimeout=10s");
    text.example(point + "transport.lifeCycle.graceTimeOut=1m");
    NodeAddress metrics = site.metrics();
    if (metrics != null) {
      text.why("For Prometheus, at /metrics. Only your own network should reach it:");
      text.example("--entryPoints.metrics.address=" + metrics.authority());
      text.example("--metrics.prometheus=true --metrics.prometheus.entryPoint=metrics");
    }
    text.why(
        "Traefik has neither slow start nor leastconn, and can't end the connections of a node that"
            + " hangs: clients have to notice its silence.");
    text.blank();
  }

  // TCP. ------------------------------------------------------------------------------------------

  private static void tcp(ConfigText text, Site site) {
    text.block(
        "routers:",
        () ->
            text.block(
                "nodes:",
                () -> {
                  text.line("entryPoints: [public]");
                  text.line("rule: \"HostSNI(`*`)\"");
                  text.line("service: nodes");
                  if (site.entry().speaksTls()) {
                    text.line("tls: {}");
                  }
                }));
    text.block(
        "services:",
        () ->
            text.block(
                "nodes:",
                () ->
                    text.block(
                        "loadBalancer:",
                        () -> {
                          if (site.facts().speaksTls() || site.usesProxyProtocol()) {
                            text.line("serversTransport: nodes");
                          }
                          text.block(
                              "servers:",
                              () ->
                                  site.nodes()
                                      .forEach(
                                          node ->
                                              text.line(
                                                  "- address: \"" + node.authority() + "\"")));
                        })));
    if (site.facts().speaksTls() || site.usesProxyProtocol()) {
      text.block("serversTransports:", () -> text.block("nodes:", () -> tcpTransport(text, site)));
    }
  }

  private static void tcpTransport(ConfigText text, Site site) {
    if (site.usesProxyProtocol()) {
      text.why("Nodes need `proxy.protocol`, and `proxy.trusted` with Traefik's address.");
      text.block("proxyProtocol:", () -> text.line("version: 2"));
    }
    if (site.facts().speaksTls()) {
      text.block("tls:", () -> trust(text, site));
    }
  }

  // HTTP. -----------------------------------------------------------------------------------------

  private static void http(ConfigText text, Site site) {
    if (site.usesProxyProtocol()) {
      throw new IllegalArgumentException(
          "Traefik sends the PROXY protocol only in --mode tcp (expected: --mode tcp, or no"
              + " --proxy-protocol: nodes then read X-Forwarded-For)");
    }
    text.block("routers:", () -> routers(text, site));
    text.block("middlewares:", () -> middlewares(text));
    text.block("services:", () -> services(text, site));
    text.block("serversTransports:", () -> text.block("nodes:", () -> transport(text, site)));
  }

  private static void routers(ConfigText text, Site site) {
    text.why("Health checks are for balancers and not for strangers, who get 503.");
    String checks = "PathRegexp(`^" + site.checksPattern() + "$`)";
    router(text, site, "checks", checks, 3, "nobody", "");
    String again = "no-forwarded, upgrades-again";
    router(text, site, "websockets", UPGRADE, 2, "websockets", again);
    router(text, site, "api", "PathPrefix(`/`)", 1, "api", "no-forwarded");
  }

  private static void router(
      ConfigText text,
      Site site,
      String name,
      String rule,
      int priority,
      String service,
      String middlewares) {
    text.block(
        name + ":",
        () -> {
          text.line("entryPoints: [public]");
          text.line("rule: \"" + rule.replace("\\", "\\\\") + "\"");
          text.line("priority: " + priority);
          text.line("service: " + service);
          if (!middlewares.isEmpty()) {
            text.line("middlewares: [" + middlewares + "]");
          }
          if (site.entry().speaksTls()) {
            text.line("tls: {}");
          }
        });
  }

  private static void middlewares(ConfigText text) {
    text.why(
        "Traefik replaces X-Forwarded-For by the client's address: nodes believe it if their"
            + " `proxy.trusted` names Traefik's. A client's own Forwarded does not count.");
    text.block(
        "no-forwarded:",
        () ->
            text.block(
                "headers:",
                () -> text.block("customRequestHeaders:", () -> text.line("Forwarded: \"\""))));
    text.why("An upgrade that reached no node is tried at another one; a publish never is.");
    text.block(
        "upgrades-again:",
        () -> text.block("retry:", () -> text.line("attempts: 3").line("initialInterval: 100ms")));
  }

  private static void services(ConfigText text, Site site) {
    text.why("/ready is 404 while a node starts, leaves, or has lost the broker: no new clients.");
    text.block("websockets:", () -> service(text, site, "/ready", true));
    text.why(
        "While the broker is away nodes still answer reads; /up is 404 only while one starts or"
            + " leaves.");
    text.block("api:", () -> service(text, site, "/up", false));
    text.block("nobody:", () -> text.line("loadBalancer: { servers: [] }"));
  }

  private static void service(ConfigText text, Site site, String check, boolean isForClients) {
    text.block(
        "loadBalancer:",
        () -> {
          text.line("serversTransport: nodes");
          if (isForClients && site.spread() == Spread.LEASTCONN) {
            text.why("Of two nodes chosen at random, the one with fewer connections.");
            text.line("strategy: p2c");
          } else {
            text.line("strategy: wrr");
          }
          text.block(
              "healthCheck:",
              () ->
                  text.line("path: " + check)
                      .line("interval: 1s")
                      .line("unhealthyInterval: 500ms")
                      .line("timeout: 1s"));
          if (isForClients && site.isSticky()) {
            cookie(text, site);
          }
          text.block("servers:", () -> servers(text, site));
        });
  }

  private static void cookie(ConfigText text, Site site) {
    text.block(
        "sticky:",
        () ->
            text.block(
                "cookie:",
                () -> {
                  text.line("name: serverid");
                  text.line("httpOnly: true");
                  if (site.entry().speaksTls()) {
                    text.line("secure: true");
                    text.line("sameSite: none");
                  }
                }));
  }

  private static void servers(ConfigText text, Site site) {
    String scheme = site.facts().speaksTls() ? "https" : "http";
    site.nodes().forEach(node -> text.line("- url: \"" + scheme + "://" + node.authority() + "\""));
  }

  private static void transport(ConfigText text, Site site) {
    text.block(
        "forwardingTimeouts:",
        () -> {
          text.line("dialTimeout: 2s");
          text.why(
              "Traefik gives up a kept connection before the node does, or a request is lost.");
          text.line("idleConnTimeout: " + ConfigText.seconds(site.facts().kept()));
        });
    trust(text, site);
  }

  private static void trust(ConfigText text, Site site) {
    if (site.facts().speaksTls()) {
      text.line("serverName: " + site.certifiedName());
      text.line("rootCAs: [\"" + site.authorityOr("/etc/ssl/certs/ca-certificates.crt") + "\"]");
    }
  }
}
