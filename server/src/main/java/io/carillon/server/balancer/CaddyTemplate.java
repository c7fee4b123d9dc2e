package io.carillon.server.balancer;

import io.carillon.server.balancer.Site.Layer;
import io.carillon.server.balancer.Site.Spread;
import java.util.stream.Collectors;

/** Caddy 2: a Caddyfile. */
final class CaddyTemplate implements BalancerTemplate {

  @Override
  public String render(Site site) {
    if (site.layer() == Layer.TCP || site.usesProxyProtocol()) {
      throw new IllegalArgumentException(
          "Caddy passes bytes on only with a plugin, and its checks do not speak the PROXY protocol"
              + " (expected: --mode http, without --proxy-protocol: nodes then read"
              + " X-Forwarded-For)");
    }
    if (site.discovery() != null) {
      throw new IllegalArgumentException(
          "Caddy asks no health of nodes that it finds by a name (expected: --node for each node)");
    }
    site.refuseRenewals("a host name in --listen: Caddy renews certificates by itself");
    ConfigText text = new ConfigText();
    text.braces(
        "",
        () -> {
          text.why("When Caddy ends, requests under way have so long, and then WebSockets end.");
          text.line("grace_period 10s");
          if (!site.entry().speaksTls()) {
            text.line("auto_https off");
          }
        });
    text.blank();
    NodeAddress metrics = site.metrics();
    if (metrics != null) {
      text.why("For Prometheus, at /metrics. Only your own network should reach it.");
      text.braces("http://" + metrics.authority(), () -> text.line("metrics /metrics"));
      text.blank();
    }
    text.braces(address(site), () -> site(text, site));
    return text.toString().replaceFirst("^ \\{", "{");
  }

  private static String address(Site site) {
    String scheme = site.entry().speaksTls() ? "https://" : "http://";
    return scheme + hostName(site) + ":" + site.entry().port();
  }

  /** Caddy takes an address of the machine for a name that requests must have, too. */
  private static String hostName(Site site) {
    String host = site.entry().host();
    return host.equals("*") || isAddress(host) ? "" : host;
  }

  private static boolean isAddress(String host) {
    return host.contains(":") || host.matches("[0-9.]+");
  }

  private static void site(ConfigText text, Site site) {
    if (isAddress(site.entry().host())) {
      text.line("bind " + site.entry().host());
    }
    if (site.entry().speaksTls()) {
      text.line("tls " + site.entry().certificate() + " " + site.entry().certificate());
    }
    text.why("Health checks are for balancers and not for strangers.");
    text.line("@checks path " + String.join(" ", site.checkPaths()));
    text.braces("handle @checks", () -> text.line("respond 404"));
    text.braces(
        "@upgrade", () -> text.line("method GET").line("header_regexp Upgrade (?i)^websocket$"));
    text.braces("handle @upgrade", () -> text.braces(proxy(site), () -> webSockets(text, site)));
    text.braces("handle", () -> text.braces(proxy(site), () -> api(text, site)));
  }

  private static String proxy(Site site) {
    return "reverse_proxy"
        + site.nodes().stream()
            .map(node -> " " + scheme(site) + node.authority())
            .collect(Collectors.joining());
  }

  private static String scheme(Site site) {
    return site.facts().speaksTls() ? "https://" : "http://";
  }

  private static void webSockets(ConfigText text, Site site) {
    text.why(
        "/ready is 404 while a node starts, leaves, or has lost the broker: no new clients. A node"
            + " keeps the WebSockets that it has, even if it hangs: clients notice its silence.");
    check(text, "/ready");
    if (site.isSticky()) {
      text.line("lb_policy cookie serverid");
    } else {
      text.line("lb_policy " + (site.spread() == Spread.LEASTCONN ? "least_conn" : "round_robin"));
    }
    text.why("An upgrade that reached no node is tried at another one. A POST never comes here.");
    text.line("lb_retries 3");
    text.line("lb_try_duration 5s");
    text.line("lb_try_interval 100ms");
    text.why("After a reload WebSockets of the old configuration go on for so long.");
    text.line("stream_close_delay 1h");
    transport(text, site);
  }

  private static void api(ConfigText text, Site site) {
    text.why(
        "While the broker is away nodes still answer reads; /up is 404 only while one starts or"
            + " leaves.");
    check(text, "/up");
    text.line("lb_policy round_robin");
    text.why("Caddy repeats only requests that reached no node, and GETs.");
    text.line("lb_retries 2");
    transport(text, site);
  }

  private static void check(ConfigText text, String path) {
    text.line("health_uri " + path);
    text.line("health_interval 1s");
    text.line("health_timeout 1s");
    text.line("health_passes 2");
    text.line("health_fails 2");
  }

  private static void transport(ConfigText text, Site site) {
    text.why(
        "Caddy replaces X-Forwarded-For by the client's address: nodes believe it if their"
            + " `proxy.trusted` names Caddy's. A client's own Forwarded does not count.");
    text.line("header_up -Forwarded");
    text.braces(
        "transport http",
        () -> {
          text.line("dial_timeout 2s");
          text.why("Caddy gives up a kept connection before the node does, or a request is lost.");
          text.line("keepalive " + ConfigText.seconds(site.facts().kept()));
          if (site.facts().speaksTls()) {
            text.line("tls_server_name " + site.certifiedName());
            text.line(
                "tls_trust_pool file " + site.authorityOr("/etc/ssl/certs/ca-certificates.crt"));
          }
        });
  }
}
