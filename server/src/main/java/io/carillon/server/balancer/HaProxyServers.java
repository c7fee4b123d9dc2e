package io.carillon.server.balancer;

import io.carillon.server.balancer.Site.Discovery;
import io.carillon.server.balancer.Site.Layer;
import io.carillon.server.balancer.Site.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The backends of HAProxy's configuration: which nodes get which connections, and until when. */
final class HaProxyServers {

  private static final String CUT = "on-marked-down shutdown-sessions";

  private final Site site;

  HaProxyServers(Site site) {
    this.site = site;
  }

  /** A node's name in HAProxy's commands. */
  String first() {
    String node = site.nodes().isEmpty() ? "node-1" : site.nodes().getFirst().name();
    return names().getFirst() + "/" + node;
  }

  private List<String> names() {
    return site.layer() == Layer.TCP ? List.of("ready", "alive") : List.of("websockets", "api");
  }

  /**
   * The commands that add a node at run time. It needs the options that the file has as defaults.
   */
  List<String> examplesOfAdding() {
    List<String> commands = new ArrayList<>();
    for (String backend : names()) {
      String cut = backend.equals("api") ? "" : " " + CUT;
      commands.add(
          "add server %s/node-9 10.0.0.19:8080 check inter 1s fastinter 500ms fall 2 rise 2%s%s"
              .formatted(backend, cut, options()));
    }
    for (String backend : names()) {
      commands.add("enable health %1$s/node-9; enable server %1$s/node-9".formatted(backend));
    }
    return commands;
  }

  /** The backends if HAProxy passes bytes on. */
  void connections(ConfigText text) {
    text.why(
        "/ready is 404 while a node starts, leaves, or has lost the broker: it gets no new clients,"
            + " and keeps those that it has.");
    text.block(
        "backend ready",
        () -> {
          balance(text);
          check(text, "/ready");
          cut(text);
          servers(text);
        });
    text.blank();
    text.why("The same nodes by /up, which is 404 only while a node starts or leaves.");
    text.block(
        "backend alive",
        () -> {
          balance(text);
          check(text, "/up");
          cut(text);
          servers(text);
        });
  }

  /** The backends if HAProxy reads requests. */
  void requests(ConfigText text) {
    text.why(
        "/ready is 404 while a node starts, leaves, or has lost the broker: it gets no new clients,"
            + " and keeps those that it has.");
    text.block("backend websockets", () -> webSockets(text));
    text.blank();
    text.why(
        "While the broker is away every /ready is 404, but nodes still answer reads, and tell"
            + " publishers that nothing was sent. So the API goes by /up, which is 404 only while a"
            + " node starts or leaves.");
    text.block("backend api", () -> api(text));
  }

  private void webSockets(ConfigText text) {
    balance(text);
    check(text, "/ready");
    if (site.isSticky()) {
      cookie(text);
    }
    text.why(
        "A node that leaves or is full answers an upgrade with 503: another one gets it. Only"
            + " upgrades come here, so HAProxy never repeats a publish.");
    text.line("retries 3");
    text.line("option redispatch 1");
    text.line("retry-on conn-failure empty-response response-timeout 503");
    text.why("For the answer to an upgrade; an open WebSocket has the time of the tunnel.");
    text.line("timeout server 5s");
    cut(text);
    servers(text);
  }

  private void api(ConfigText text) {
    text.line("balance roundrobin");
    check(text, "/up");
    text.why(
        "HAProxy tries another node only if it could not connect: a node that has received a"
            + " publish may have sent it on.");
    text.line("retries 3");
    text.line("option redispatch 1");
    text.line("retry-on conn-failure");
    servers(text);
  }

  private void balance(ConfigText text) {
    if (site.spread() == Spread.LEASTCONN) {
      text.why("Connections last for days, so their number counts and not the turn.");
    }
    text.line("balance " + site.spread().name().toLowerCase(Locale.ROOT));
  }

  private static void check(ConfigText text, String path) {
    text.line("option httpchk");
    text.line("http-check send meth GET uri " + path + " ver HTTP/1.1 hdr Host node");
    text.line("http-check disable-on-404");
  }

  private static void cut(ConfigText text) {
    text.why(
        "A node that is down has died or hangs, since a node that leaves answers 404. The end of"
            + " their connections tells its clients to connect to another node.");
    text.line("default-server " + CUT);
  }

  private void cookie(ConfigText text) {
    text.why("A client comes back to its node as long as the node takes clients.");
    boolean isDiscovered = site.discovery() != null;
    text.line(
        "cookie serverid insert indirect nocache httponly"
            + (isDiscovered ? " dynamic" : "")
            + (site.entry().speaksTls() ? " secure attr \"SameSite=None\"" : ""));
    if (isDiscovered) {
      text.why("HAProxy makes each node's cookie of the node's address and this key.");
      text.line("dynamic-cookie-key carillon");
    }
  }

  private void servers(ConfigText text) {
    if (site.usesProxyProtocol()) {
      text.why(
          "The PROXY protocol tells the client's address, in checks as well, since the node expects"
              + " it on every connection: `proxy.protocol`, and `proxy.trusted` with this"
              + " address.");
    }
    for (NodeAddress node : site.nodes()) {
      String cookie = site.isSticky() && site.discovery() == null ? " cookie " + node.name() : "";
      text.line("server " + node.name() + " " + node.authority() + options() + cookie);
    }
    Discovery discovery = site.discovery();
    if (discovery != null) {
      text.why("As many nodes as the name has addresses. HAProxy finds a new one within seconds.");
      text.line(
          "server-template found- 1-%d %s:%d resolvers dns init-addr none%s"
              .formatted(discovery.slots(), discovery.name(), discovery.port(), options()));
    }
  }

  private String options() {
    String proxy = site.usesProxyProtocol() ? " send-proxy-v2 check-send-proxy" : "";
    String tls =
        site.facts().speaksTls()
            ? " ssl verify required ca-file %1$s sni str(%2$s) check-sni %2$s verifyhost %2$s"
                .formatted(site.authorityOr("@system-ca"), site.certifiedName())
            : "";
    return proxy + tls;
  }
}
