package io.carillon.server.balancer;

import io.carillon.server.balancer.NodeFacts.Scheme;
import io.carillon.server.balancer.Site.ClientAddress;
import io.carillon.server.balancer.Site.Discovery;
import io.carillon.server.balancer.Site.Entry;
import io.carillon.server.balancer.Site.Layer;
import io.carillon.server.balancer.Site.Spread;
import io.carillon.server.balancer.Site.Stickiness;
import io.carillon.server.balancer.Site.Trust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sites for tests. */
final class Sites {

  static final NodeFacts PLAIN = facts(Scheme.PLAIN);
  static final NodeFacts TLS = facts(Scheme.TLS);

  static final List<NodeAddress> TWO =
      List.of(
          new NodeAddress("node-1", "10.0.0.11", 8080),
          new NodeAddress("node-2", "fd00::12", 8081));

  private Sites() {}

  private static NodeFacts facts(Scheme scheme) {
    return new NodeFacts(
        "/ws",
        Duration.ofSeconds(25),
        Duration.ofSeconds(10),
        Duration.ofSeconds(75),
        50_000,
        scheme);
  }

  static Site http() {
    return site(Layer.HTTP, Spread.LEASTCONN, Stickiness.NONE, ClientAddress.FORWARDED);
  }

  static Site site(Layer layer, Spread spread, Stickiness stickiness, ClientAddress address) {
    return site(PLAIN, TWO, null, null, layer, spread, stickiness, address);
  }

  static Site of(NodeFacts facts) {
    return site(
        facts,
        TWO,
        null,
        null,
        Layer.HTTP,
        Spread.LEASTCONN,
        Stickiness.NONE,
        ClientAddress.FORWARDED);
  }

  static Site discovered() {
    return site(
        PLAIN,
        List.of(),
        new Discovery("nodes.example", 8080, 10),
        null,
        Layer.HTTP,
        Spread.LEASTCONN,
        Stickiness.COOKIE,
        ClientAddress.FORWARDED);
  }

  private static Site site(
      NodeFacts facts,
      List<NodeAddress> nodes,
      @Nullable Discovery discovery,
      @Nullable String certificate,
      Layer layer,
      Spread spread,
      Stickiness stickiness,
      ClientAddress address) {
    return new Site(
        facts,
        nodes,
        discovery,
        new Entry("*", certificate == null ? 80 : 443, certificate, null),
        layer,
        spread,
        stickiness,
        address,
        facts.speaksTls() ? new Trust("nodes.internal", "/etc/carillon/ca.pem") : null,
        null);
  }

  static Site withRenewals() {
    NodeAddress certbot = new NodeAddress("renewals", "127.0.0.1", 8888);
    return new Site(
        PLAIN,
        TWO,
        null,
        new Entry("*", 443, "/etc/haproxy/certs/", certbot),
        Layer.HTTP,
        Spread.LEASTCONN,
        Stickiness.NONE,
        ClientAddress.FORWARDED,
        null,
        null);
  }

  static Site withMetrics(Layer layer) {
    return new Site(
        PLAIN,
        TWO,
        null,
        new Entry("*", 80, null, null),
        layer,
        Spread.LEASTCONN,
        Stickiness.NONE,
        ClientAddress.FORWARDED,
        null,
        new NodeAddress("metrics", "127.0.0.1", 8405));
  }

  static Site tls() {
    return site(
        TLS,
        TWO,
        null,
        "/etc/carillon/site.pem",
        Layer.HTTP,
        Spread.LEASTCONN,
        Stickiness.NONE,
        ClientAddress.FORWARDED);
  }

  /** Every combination that makes sense, with TLS and without. */
  static List<Site> all() {
    List<Site> all = new ArrayList<>();
    for (NodeFacts facts : List.of(PLAIN, TLS)) {
      for (Layer layer : Layer.values()) {
        for (Spread spread : Spread.values()) {
          for (Stickiness stickiness : Stickiness.values()) {
            for (ClientAddress address : ClientAddress.values()) {
              if (layer == Layer.HTTP || stickiness == Stickiness.NONE) {
                String certificate = facts.equals(TLS) ? "/etc/carillon/site.pem" : null;
                all.add(site(facts, TWO, null, certificate, layer, spread, stickiness, address));
              }
            }
          }
        }
      }
    }
    return all;
  }
}
