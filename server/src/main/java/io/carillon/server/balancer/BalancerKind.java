package io.carillon.server.balancer;

import io.carillon.server.balancer.Site.Spread;

/** The balancers for which configurations are generated. */
public enum BalancerKind {
  HAPROXY,
  NGINX,
  TRAEFIK,
  ENVOY,
  CADDY;

  /**
   * The whole configuration, with comments.
   *
   * @throws IllegalArgumentException if this balancer can't do what the site asks for, with the
   *     remedy
   */
  public String configuration(Site site) {
    return template().render(site);
  }

  /**
   * How new clients are spread unless an operator chooses. nginx asks no health: a hung node has
   * the fewest clients, and would get all new ones.
   */
  public Spread usualSpread() {
    return this == NGINX ? Spread.ROUNDROBIN : Spread.LEASTCONN;
  }

  private BalancerTemplate template() {
    return switch (this) {
      case HAPROXY -> new HaProxyTemplate();
      case NGINX -> new NginxTemplate();
      case TRAEFIK -> new TraefikTemplate();
      case ENVOY -> new EnvoyTemplate();
      case CADDY -> new CaddyTemplate();
    };
  }
}
