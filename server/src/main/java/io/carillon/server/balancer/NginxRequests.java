package io.carillon.server.balancer;

import java.util.function.Function;

/** What nginx does with requests: WebSockets and the HTTP API have upstreams of their own. */
final class NginxRequests {

  private final Site site;

  NginxRequests(Site site) {
    if (site.usesProxyProtocol()) {
      throw new IllegalArgumentException(
          "nginx sends the PROXY protocol only in --mode tcp (expected: --mode tcp, or no"
              + " --proxy-protocol: nodes then read X-Forwarded-For)");
    }
    this.site = site;
  }

  void write(ConfigText text) {
    text.why(
        "The request of a WebSocket carries `Connection: upgrade`. Other requests must not, or"
            + " nginx does not keep its connections to the nodes.");
    text.braces(
        "map $http_upgrade $connection_of",
        () -> {
          text.line("default \"\";");
          text.line("~*^websocket$ upgrade;");
        });
    text.why(
        "A node that refuses upgrades still serves the API: failures of the one do not count for"
            + " the other.");
    text.braces("upstream websockets", () -> webSockets(text));
    text.braces("upstream api", () -> api(text));
    if (site.isSticky()) {
      preferences(text);
    }
    text.braces(
        "map $http_upgrade $nodes",
        () -> {
          text.line("default api;");
          text.line("~*^websocket$ " + (site.isSticky() ? "$preferred" : "websockets") + ";");
        });
    NodeAddress renewals = site.entry().renewals();
    if (renewals != null) {
      port80(text, renewals);
    }
    NodeAddress metrics = site.metrics();
    if (metrics != null) {
      NginxTemplate.status(text, metrics);
    }
    text.braces("server", () -> server(text));
  }

  private void webSockets(ConfigText text) {
    NginxTemplate.balance(text, site, "websockets");
    forgivingServers(text, node -> "");
  }

  /** Servers without a count of failures. */
  private void forgivingServers(ConfigText text, Function<NodeAddress, String> more) {
    text.why(
        "nginx would forget a node's failures only when a WebSocket ends that was opened after"
            + " them, which may be days later, and would let in one client in 5 s until then. So"
            + " failures do not count, and each client tries another node at once.");
    for (NodeAddress node : site.nodes()) {
      text.line("server " + node.authority() + " max_fails=0" + more.apply(node) + ";");
    }
  }

  private void api(ConfigText text) {
    text.line("zone api 256k;");
    NginxTemplate.servers(text, site, node -> "");
    text.why("nginx gives up a kept connection before the node does, or a request is lost.");
    text.line("keepalive 64;");
    text.line("keepalive_timeout " + ConfigText.seconds(site.facts().kept()) + ";");
  }

  /** Cookies without the directive of nginx 1.29.6: an upstream for each node. */
  private void preferences(ConfigText text) {
    text.why("A client comes back to its node; other nodes take it in while that node is away.");
    for (NodeAddress preferred : site.nodes()) {
      text.braces(
          "upstream prefer-" + preferred.name(),
          () -> forgivingServers(text, node -> node.equals(preferred) ? "" : " backup"));
    }
    text.braces(
        "map $cookie_serverid $preferred",
        () -> {
          text.line("default websockets;");
          site.nodes().forEach(node -> text.line(node.name() + " prefer-" + node.name() + ";"));
        });
    text.why("The last of these addresses is that of the node that has answered.");
    text.braces(
        "map $upstream_addr $answered_by", () -> site.nodes().forEach(node -> by(text, node)));
  }

  private static void by(ConfigText text, NodeAddress node) {
    String address = node.authority().replaceAll("([.\\[\\]])", "\\\\$1");
    text.line("\"~(^|, )" + address + "$\" " + node.name() + ";");
  }

  private static void port80(ConfigText text, NodeAddress renewals) {
    text.why("The questions of a certificate authority; all other requests are sent to TLS.");
    text.braces(
        "server",
        () -> {
          text.line("listen 80;");
          text.braces(
              "location /.well-known/acme-challenge/",
              () -> text.line("proxy_pass http://" + renewals.authority() + ";"));
          text.line("location / { return 301 https://$host$request_uri; }");
        });
  }

  private void server(ConfigText text) {
    text.line("listen " + NginxTemplate.listen(site) + ";");
    NginxTemplate.certificate(text, site);
    text.why("Health checks are for balancers and not for strangers.");
    text.line("location ~ ^" + site.checksPattern() + "$ { return 404; }");
    text.braces("location /", () -> location(text));
  }

  private void location(ConfigText text) {
    text.line("proxy_pass " + (site.facts().speaksTls() ? "https" : "http") + "://$nodes;");
    text.line("proxy_http_version 1.1;");
    text.line("proxy_set_header Host $http_host;");
    text.line("proxy_set_header Upgrade $http_upgrade;");
    text.line("proxy_set_header Connection $connection_of;");
    text.why(
        "The client's address, instead of the client's own word for it. Nodes believe it if their"
            + " `proxy.trusted` names nginx's address.");
    text.line("proxy_set_header X-Forwarded-For $remote_addr;");
    text.line("proxy_set_header X-Forwarded-Proto $scheme;");
    text.line("proxy_set_header Forwarded \"\";");
    text.why("The nodes themselves refuse a body that is too long.");
    text.line("client_max_body_size 0;");
    text.line("proxy_buffering off;");
    text.line("proxy_request_buffering off;");
    text.line("proxy_connect_timeout 2s;");
    text.why(
        "Longer than the silence between two pings (%s), and not much longer: nginx gives up an"
                .formatted(ConfigText.seconds(site.facts().heartbeat()))
            + " upgrade at a node that hangs only after this time.");
    text.line("proxy_read_timeout " + ConfigText.seconds(site.facts().silence()) + ";");
    text.line("proxy_send_timeout " + ConfigText.seconds(site.facts().silence()) + ";");
    text.why(
        "A node that leaves or is full answers an upgrade with 503: another one gets it. nginx"
            + " repeats no POST that a node has received; never add non_idempotent.");
    text.line("proxy_next_upstream error timeout http_503;");
    text.line("proxy_next_upstream_tries 3;");
    if (site.isSticky()) {
      String secure = site.entry().speaksTls() ? "; Secure; SameSite=None" : "";
      text.line(
          "add_header Set-Cookie \"serverid=$answered_by; Path=/; HttpOnly"
              + secure
              + "\" always;");
    }
    if (site.facts().speaksTls()) {
      NginxTemplate.verify(text, site);
    }
  }
}
