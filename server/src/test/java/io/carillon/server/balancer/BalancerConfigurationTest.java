package io.carillon.server.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.server.balancer.NodeFacts.Scheme;
import io.carillon.server.balancer.Site.ClientAddress;
import io.carillon.server.balancer.Site.Layer;
import io.carillon.server.balancer.Site.Spread;
import io.carillon.server.balancer.Site.Stickiness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BalancerConfigurationTest {

  @Test
  void haProxyRoundRobinHasTheTimeoutsOfTheUsualGuide() {
    Site site = Sites.site(Layer.HTTP, Spread.ROUNDROBIN, Stickiness.NONE, ClientAddress.FORWARDED);
    assertThat(lines(BalancerKind.HAPROXY, site))
        .contains(
            "timeout connect 5s",
            "timeout client 30s",
            "timeout client-fin 30s",
            "timeout server 30s",
            "timeout tunnel 1h",
            "option forwardfor",
            "balance roundrobin",
            "bind :80",
            "server node-1 10.0.0.11:8080",
            "server node-2 [fd00::12]:8081")
        .anyMatch(line -> line.startsWith("default-server check inter 1s"))
        .anyMatch(line -> line.endsWith("on-marked-down shutdown-sessions"));
  }

  @Test
  void haProxyPinsClientsByACookie() {
    Site site =
        Sites.site(Layer.HTTP, Spread.LEASTCONN, Stickiness.COOKIE, ClientAddress.FORWARDED);
    assertThat(lines(BalancerKind.HAPROXY, site))
        .contains(
            "balance leastconn",
            "cookie serverid insert indirect nocache httponly",
            "server node-1 10.0.0.11:8080 cookie node-1");
  }

  @Test
  void haProxyFindsNodesByAName() {
    assertThat(lines(BalancerKind.HAPROXY, Sites.discovered()))
        .contains(
            "server-template found- 1-10 nodes.example:8080 resolvers dns init-addr none",
            "dynamic-cookie-key carillon");
  }

  @Test
  void balancersServeTheirOwnMetricsWhereTheyAreTold() {
    for (Layer layer : Layer.values()) {
      Site site = Sites.withMetrics(layer);
      assertThat(lines(BalancerKind.HAPROXY, site))
          .containsSequence(
              "frontend metrics",
              "mode http",
              "bind 127.0.0.1:8405",
              "http-request use-service prometheus-exporter if { path /metrics }");
      assertThat(lines(BalancerKind.NGINX, site))
          .containsSequence(
              "listen 127.0.0.1:8405;", "location = /stub_status { stub_status; access_log off; }");
      assertThat(lines(BalancerKind.TRAEFIK, site))
          .contains("#   --entryPoints.metrics.address=127.0.0.1:8405");
      assertThat(lines(BalancerKind.ENVOY, site))
          .contains("address: { socket_address: { address: \"127.0.0.1\", port_value: 8405 } }");
    }
    assertThat(lines(BalancerKind.CADDY, Sites.withMetrics(Layer.HTTP)))
        .containsSequence("http://127.0.0.1:8405 {", "metrics /metrics", "}");
    assertThat(lines(BalancerKind.HAPROXY, Sites.http())).doesNotContain("frontend metrics");
  }

  /** HAProxy repeats a whole request only where a backend says so. */
  @Test
  void onlyUpgradesAreRepeatedByHaProxy() {
    List<String> lines = lines(BalancerKind.HAPROXY, Sites.http());
    assertThat(lines.subList(lines.indexOf("backend api"), lines.size()))
        .contains("retry-on conn-failure")
        .noneMatch(line -> line.contains("503"));
    assertThat(lines)
        .contains("use_backend websockets if METH_GET { req.hdr(Upgrade) -i websocket }");
  }

  @Test
  void checksUseTheProxyProtocolWhereConnectionsDo() {
    Site site =
        Sites.site(Layer.TCP, Spread.LEASTCONN, Stickiness.NONE, ClientAddress.PROXY_PROTOCOL);
    assertThat(lines(BalancerKind.HAPROXY, site))
        .contains("server node-1 10.0.0.11:8080 send-proxy-v2 check-send-proxy");
  }

  /** While the broker is away no node is ready, and reads have to be answered. */
  @Test
  void haProxyThatPassesBytesOnFallsBackToNodesThatLive() {
    Site site = Sites.site(Layer.TCP, Spread.LEASTCONN, Stickiness.NONE, ClientAddress.FORWARDED);
    assertThat(lines(BalancerKind.HAPROXY, site))
        .containsSubsequence(
            "use_backend alive if { nbsrv(ready) eq 0 }",
            "default_backend ready",
            "backend alive",
            "http-check send meth GET uri /up ver HTTP/1.1 hdr Host node");
  }

  @Test
  void aTunnelOutlivesTheSilenceBetweenPings() {
    NodeFacts rare =
        new NodeFacts(
            "",
            Duration.ofHours(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(75),
            1000,
            Scheme.PLAIN);
    assertThat(lines(BalancerKind.HAPROXY, Sites.of(rare))).contains("timeout tunnel 7210s");
  }

  @Test
  void bytesOfAnIdleBackendArePassedOnForLongerThanTheNodeKeepsItsConnection() {
    Site site = Sites.site(Layer.TCP, Spread.LEASTCONN, Stickiness.NONE, ClientAddress.FORWARDED);
    assertThat(lines(BalancerKind.HAPROXY, site)).contains("timeout client 85s");
    assertThat(lines(BalancerKind.NGINX, site)).contains("proxy_timeout 85s;");
  }

  @Test
  void nginxCountsNoFailuresOfNodesWhereTheirSuccessesLastForDays() {
    Site site =
        Sites.site(Layer.HTTP, Spread.LEASTCONN, Stickiness.COOKIE, ClientAddress.FORWARDED);
    String text = BalancerKind.NGINX.configuration(site);
    int api = text.indexOf("upstream api");
    int sticky = text.indexOf("upstream prefer-");
    assertThat(text.substring(0, api)).contains("max_fails=0;").doesNotContain("max_fails=2");
    assertThat(text.substring(api, sticky)).contains("max_fails=2").doesNotContain("max_fails=0");
    assertThat(text.substring(sticky)).contains("max_fails=0;").doesNotContain("max_fails=2");
  }

  @Test
  void renewalsAreAnsweredOnPort80AndAllElseIsSentToTls() {
    assertThat(lines(BalancerKind.HAPROXY, Sites.withRenewals()))
        .contains(
            "bind :80",
            "http-request redirect scheme https unless renewal",
            "server renewals 127.0.0.1:8888 no-check",
            "bind :443 ssl crt /etc/haproxy/certs/ alpn http/1.1");
    assertThat(lines(BalancerKind.NGINX, Sites.withRenewals()))
        .contains("listen 80;", "proxy_pass http://127.0.0.1:8888;");
  }

  @ParameterizedTest
  @EnumSource(BalancerKind.class)
  void theCertificatesOfNodesAreVerifiedByTheirName(BalancerKind kind) {
    assertThat(kind.configuration(Sites.tls()))
        .contains("nodes.internal")
        .contains("/etc/carillon/ca.pem");
  }

  @ParameterizedTest
  @EnumSource(BalancerKind.class)
  void webSocketsGoByReadyAndTheApiByUp(BalancerKind kind) {
    String text = kind.configuration(Sites.http());
    if (kind != BalancerKind.NGINX) { // nginx asks nodes nothing.
      assertThat(text).contains("/ready").contains("/up");
    }
    assertThat(text).contains("10.0.0.11").contains("8080").contains("ws");
  }

  @ParameterizedTest
  @EnumSource(BalancerKind.class)
  void everyCombinationIsWrittenOrRefusedWithTheRemedy(BalancerKind kind) {
    for (Site site : Sites.all()) {
      try {
        assertThat(kind.configuration(site)).as("%s", site).doesNotContain("null");
      } catch (IllegalArgumentException e) {
        assertThat(e).as("%s", site).hasMessageContaining("(expected: ");
      }
    }
  }

  @Test
  void aBalancerThatPassesBytesOnSetsNoCookies() {
    assertThatThrownBy(
            () ->
                Sites.site(Layer.TCP, Spread.LEASTCONN, Stickiness.COOKIE, ClientAddress.FORWARDED))
        .hasMessageContaining("(expected: --sticky or --mode tcp)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.1",
        "a b=10.0.0.1:80",
        "10.0.0.1:0",
        "10.0.0.1:99999",
        "x=y\nz:80",
        "h:80;"
      })
  void aWrongAddressIsRefused(String text) {
    assertThatThrownBy(() -> NodeAddress.parse(text, "node-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: ");
  }

  @Test
  void addressesAreReadWithAndWithoutNames() {
    assertThat(NodeAddress.parse("10.0.0.1:80", "node-1"))
        .isEqualTo(new NodeAddress("node-1", "10.0.0.1", 80));
    assertThat(NodeAddress.parse("east=[::1]:80", "node-1"))
        .isEqualTo(new NodeAddress("east", "::1", 80));
  }

  private static List<String> lines(BalancerKind kind, Site site) {
    return kind.configuration(site).lines().map(String::strip).toList();
  }
}
