package io.carillon.server.balancer;

import io.carillon.server.balancer.Site.Discovery;
import io.carillon.server.balancer.Site.Layer;
import io.carillon.server.balancer.Site.Spread;
import org.jspecify.annotations.Nullable;

/** Envoy, from version 1.28: a bootstrap with static resources. */
final class EnvoyTemplate implements BalancerTemplate {

  private static final String TYPE = "\"@type\": type.googleapis.com/envoy.";
  private static final String CONNECTIONS = "extensions.filters.network.";

  @Override
  public String render(Site site) {
    site.refuseRenewals("a certificate that another program puts into its place");
    ConfigText text = new ConfigText();
    text.why(
        "Envoy can't end the connections of a node that hangs without ending those of a node that"
            + " leaves, too: clients have to notice its silence.");
    text.block(
        "static_resources:",
        () -> {
          text.block("listeners:", () -> listener(text, site));
          text.block("clusters:", () -> clusters(text, site));
        });
    admin(text, site.metrics());
    return text.toString();
  }

  private static void admin(ConfigText text, @Nullable NodeAddress metrics) {
    NodeAddress at = metrics == null ? new NodeAddress("admin", "127.0.0.1", 9901) : metrics;
    text.why(
        "Metrics for Prometheus are at /stats/prometheus. This port can also stop Envoy: only your"
            + " own machine should reach it.");
    text.block(
        "admin:",
        () ->
            text.line(
                "address: { socket_address: { address: \"%s\", port_value: %d } }"
                    .formatted(at.host(), at.port())));
  }

  private static void listener(ConfigText text, Site site) {
    String host = site.entry().host().equals("*") ? "0.0.0.0" : site.entry().host();
    text.line("- name: public");
    text.block(
        () -> {
          text.line(
              "address: { socket_address: { address: \"%s\", port_value: %d } }"
                  .formatted(host, site.entry().port()));
          text.line("filter_chains:");
          text.line("- filters:");
          text.block(
              () -> {
                if (site.layer() == Layer.TCP) {
                  tcpProxy(text, site);
                } else {
                  http(text, site);
                }
              });
          if (site.entry().speaksTls()) {
            text.block(() -> tls(text, site.entry().certificate()));
          }
        });
  }

  private static void tls(ConfigText text, @Nullable String file) {
    text.block(
        "transport_socket:",
        () -> {
          text.line("name: envoy.transport_sockets.tls");
          text.block(
              "typed_config:",
              () -> {
                text.line(TYPE + "extensions.transport_sockets.tls.v3.DownstreamTlsContext");
                text.block(
                    "common_tls_context:",
                    () -> {
                      text.line("alpn_protocols: [http/1.1]");
                      text.line("tls_certificates:");
                      text.line(
                          "- { certificate_chain: { filename: \"%1$s\" }, private_key: { filename: \"%1$s\" } }"
                              .formatted(file));
                    });
              });
        });
  }

  private static void tcpProxy(ConfigText text, Site site) {
    text.line("- name: envoy.filters.network.tcp_proxy");
    text.block(
        "  typed_config:",
        () ->
            text.block(
                () -> {
                  text.line(TYPE + CONNECTIONS + "tcp_proxy.v3.TcpProxy");
                  text.line("stat_prefix: public");
                  text.line("cluster: websockets");
                  text.why("Nodes ping, and keep connections between requests for less than this.");
                  text.line("idle_timeout: " + ConfigText.seconds(site.facts().anySilence()));
                  if (!site.usesProxyProtocol()) {
                    text.why(
                        "Nodes see Envoy's address instead of a client's, and whatever the client"
                            + " writes into X-Forwarded-For: do not name Envoy in the nodes'"
                            + " `proxy.trusted`.");
                  }
                }));
  }

  private static void http(ConfigText text, Site site) {
    text.line("- name: envoy.filters.network.http_connection_manager");
    text.block(
        "  typed_config:",
        () ->
            text.block(
                () -> {
                  text.line(
                      TYPE + CONNECTIONS + "http_connection_manager.v3.HttpConnectionManager");
                  text.line("stat_prefix: public");
                  text.why(
                      "Envoy adds the client's address at the end of X-Forwarded-For. Nodes read"
                          + " the header from its end, past the addresses of their `proxy.trusted`,"
                          + " which has to name Envoy's.");
                  text.line("use_remote_address: true");
                  text.line("skip_xff_append: false");
                  text.line("xff_num_trusted_hops: 0");
                  text.why("WebSockets begin with HTTP/1.1.");
                  text.line("codec_type: HTTP1");
                  text.line("normalize_path: false");
                  text.why("Silence ends a WebSocket, and not its age; nodes ping.");
                  text.line("stream_idle_timeout: " + ConfigText.seconds(site.facts().silence()));
                  text.line(
                      "request_headers_timeout: " + ConfigText.seconds(site.facts().handshake()));
                  text.line("upgrade_configs: [{ upgrade_type: websocket }]");
                  text.line("http_filters:");
                  text.line("- name: envoy.filters.http.router");
                  text.block(
                      "  typed_config:",
                      () -> text.line("  " + TYPE + "extensions.filters.http.router.v3.Router"));
                  text.block("route_config:", () -> routes(text, site));
                }));
  }

  private static void routes(ConfigText text, Site site) {
    text.line("request_headers_to_remove: [Forwarded]");
    text.line("virtual_hosts:");
    text.line("- name: all");
    text.block(
        () -> {
          text.line("domains: [\"*\"]");
          text.line("routes:");
          text.why("Health checks are for balancers and not for strangers.");
          text.line(
              "- match: { safe_regex: { regex: \"%s\" } }"
                  .formatted(site.checksPattern().replace("\\", "\\\\")));
          text.line("  direct_response: { status: 404 }");
          text.line(
              "- match: { prefix: \"/\", headers: [{ name: \":method\", string_match: { exact: GET"
                  + " } }, { name: Upgrade, string_match: { exact: websocket, ignore_case: true }"
                  + " }] }");
          text.block("  route:", () -> text.block(() -> upgrades(text, site)));
          text.line("- match: { prefix: \"/\" }");
          text.block(
              "  route:",
              () ->
                  text.block(
                      () -> {
                        text.line("cluster: api");
                        text.line("timeout: 30s");
                        text.why("Only if no node was reached: Envoy never repeats a publish.");
                        text.line("retry_policy: { retry_on: connect-failure, num_retries: 2 }");
                      }));
        });
  }

  private static void upgrades(ConfigText text, Site site) {
    text.line("cluster: websockets");
    text.line("timeout: 0s");
    text.why("A node that leaves or is full answers an upgrade with 503: another one gets it.");
    text.line(
        "retry_policy: { retry_on: \"connect-failure,retriable-status-codes\","
            + " retriable_status_codes: [503], num_retries: 3,");
    text.line(
        "  retry_host_predicate: [{ name: envoy.retry_host_predicates.previous_hosts, typed_config:"
            + " { \"@type\":"
            + " type.googleapis.com/envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate"
            + " } }] }");
    if (site.isSticky()) {
      text.line("hash_policy: [{ cookie: { name: serverid, path: \"/\", ttl: 0s } }]");
    }
  }

  private static void clusters(ConfigText text, Site site) {
    text.why("/ready is 404 while a node starts, leaves, or has lost the broker: no new clients.");
    cluster(text, site, "websockets", "/ready");
    if (site.layer() == Layer.HTTP) {
      text.why(
          "While the broker is away nodes still answer reads; /up is 404 only while one starts or"
              + " leaves.");
      cluster(text, site, "api", "/up");
    }
  }

  private static void cluster(ConfigText text, Site site, String name, String check) {
    boolean isForClients = name.equals("websockets");
    text.line("- name: " + name);
    text.block(
        () -> {
          text.line("type: STRICT_DNS");
          text.line("connect_timeout: 2s");
          if (isForClients && site.isSticky()) {
            text.line("lb_policy: RING_HASH");
          } else if (isForClients && site.spread() == Spread.LEASTCONN) {
            text.why(
                "Of two nodes chosen at random, the one with fewer requests; a node that is new");
            text.why("gets its share over ten seconds.");
            text.line("lb_policy: LEAST_REQUEST");
            text.line("least_request_lb_config: { slow_start_config: { slow_start_window: 10s } }");
          } else {
            text.line("lb_policy: ROUND_ROBIN");
          }
          text.why("If no node is healthy, nobody is sent to one by chance.");
          text.line("common_lb_config: { healthy_panic_threshold: { value: 0 } }");
          text.why("Envoy's own bounds are 1,024.");
          text.line(
              "circuit_breakers: { thresholds: [{ max_connections: %1$d, max_requests: %1$d,"
                      .formatted(site.maxConnections())
                  + " max_pending_requests: 10000 }] }");
          text.line("health_checks:");
          text.line("- timeout: 1s");
          text.block(
              () -> {
                text.line("interval: 1s");
                text.line("unhealthy_interval: 0.5s");
                text.line("unhealthy_threshold: 2");
                text.line("healthy_threshold: 2");
                text.line("http_health_check: { path: " + check + " }");
              });
          socket(text, site);
          if (site.layer() == Layer.HTTP) {
            protocol(text, site);
          }
          text.block(
              "load_assignment:",
              () -> {
                text.line("cluster_name: " + name);
                text.line("endpoints:");
                text.line("- lb_endpoints:");
                text.block(() -> endpoints(text, site));
              });
        });
  }

  private static void protocol(ConfigText text, Site site) {
    text.block(
        "typed_extension_protocol_options:",
        () ->
            text.block(
                "envoy.extensions.upstreams.http.v3.HttpProtocolOptions:",
                () -> {
                  text.line(TYPE + "extensions.upstreams.http.v3.HttpProtocolOptions");
                  text.line("explicit_http_config: { http_protocol_options: {} }");
                  text.why(
                      "Envoy gives up a kept connection before the node does, or a request is"
                          + " lost.");
                  text.line(
                      "common_http_protocol_options: { idle_timeout: "
                          + ConfigText.seconds(site.facts().kept())
                          + " }");
                }));
  }

  private static void socket(ConfigText text, Site site) {
    if (site.usesProxyProtocol()) {
      text.block(
          "transport_socket:",
          () -> {
            text.line("name: envoy.transport_sockets.upstream_proxy_protocol");
            text.block(
                "typed_config:",
                () -> {
                  text.line(
                      TYPE
                          + "extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport");
                  text.line("config: { version: V2 }");
                  text.block("transport_socket:", () -> inner(text, site));
                });
          });
    } else if (site.facts().speaksTls()) {
      text.block("transport_socket:", () -> inner(text, site));
    }
  }

  private static void inner(ConfigText text, Site site) {
    if (!site.facts().speaksTls()) {
      text.line("name: envoy.transport_sockets.raw_buffer");
      text.line(
          "typed_config: { " + TYPE + "extensions.transport_sockets.raw_buffer.v3.RawBuffer }");
      return;
    }
    text.line("name: envoy.transport_sockets.tls");
    text.block(
        "typed_config:",
        () -> {
          text.line(TYPE + "extensions.transport_sockets.tls.v3.UpstreamTlsContext");
          text.line("sni: " + site.certifiedName());
          text.line(
              "common_tls_context: { validation_context: { trusted_ca: { filename: \"%s\" },"
                  .formatted(site.authorityOr("/etc/ssl/certs/ca-certificates.crt")));
          text.line(
              "  match_typed_subject_alt_names: [{ san_type: DNS, matcher: { exact: %s } }] } }"
                  .formatted(site.certifiedName()));
        });
  }

  private static void endpoints(ConfigText text, Site site) {
    site.nodes().forEach(node -> endpoint(text, node.host(), node.port()));
    Discovery discovery = site.discovery();
    if (discovery != null) {
      text.why("Each address that the name has is a node.");
      endpoint(text, discovery.name(), discovery.port());
    }
  }

  private static void endpoint(ConfigText text, String host, int port) {
    text.line(
        "- endpoint: { address: { socket_address: { address: \"%s\", port_value: %d } } }"
            .formatted(host, port));
  }
}
