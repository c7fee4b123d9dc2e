package io.carillon.server.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.server.balancer.Site.ClientAddress;
import io.carillon.server.balancer.Site.Layer;
import io.carillon.server.balancer.Site.Spread;
import io.carillon.server.balancer.Site.Stickiness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files in YAML have the structure that their programs read. */
class YamlBalancersTest {

  private final Load yaml = new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build());

  @Test
  void everyFileIsYaml() {
    for (BalancerKind kind : List.of(BalancerKind.TRAEFIK, BalancerKind.ENVOY)) {
      for (Site site : Sites.all()) {
        if (site.layer() == Layer.TCP || site.clientAddress() == ClientAddress.FORWARDED) {
          assertThat(yaml.loadFromString(kind.configuration(site)))
              .as("%s", kind)
              .isInstanceOf(Map.class);
        }
      }
    }
  }

  @Test
  void traefikSendsWebSocketsByReadyAndTheRestByUp() {
    Object file = read(BalancerKind.TRAEFIK, Sites.http());
    assertThat(at(file, "http", "services", "websockets", "loadBalancer", "healthCheck", "path"))
        .isEqualTo("/ready");
    assertThat(at(file, "http", "services", "api", "loadBalancer", "healthCheck", "path"))
        .isEqualTo("/up");
    assertThat(at(file, "http", "services", "websockets", "loadBalancer", "servers"))
        .isEqualTo(
            List.of(
                Map.of("url", "http://10.0.0.11:8080"), Map.of("url", "http://[fd00::12]:8081")));
    assertThat(at(file, "http", "routers", "checks", "rule"))
        .isEqualTo("PathRegexp(`^(/ws)?/(ready|health|live)/?$`)");
  }

  @Test
  void traefikPinsClientsByACookie() {
    Object file =
        read(
            BalancerKind.TRAEFIK,
            Sites.site(Layer.HTTP, Spread.LEASTCONN, Stickiness.COOKIE, ClientAddress.FORWARDED));
    assertThat(at(file, "http", "services", "websockets", "loadBalancer", "sticky", "cookie"))
        .isEqualTo(Map.of("name", "serverid", "httpOnly", true));
  }

  @Test
  void envoyChecksEachClusterByItsPath() {
    Object file = read(BalancerKind.ENVOY, Sites.http());
    assertThat(at(file, "static_resources", "clusters", "0", "health_checks", "0"))
        .extracting(check -> at(check, "http_health_check", "path"))
        .isEqualTo("/ready");
    assertThat(at(file, "static_resources", "clusters", "1", "health_checks", "0"))
        .extracting(check -> at(check, "http_health_check", "path"))
        .isEqualTo("/up");
    assertThat(
            at(
                file,
                "static_resources",
                "listeners",
                "0",
                "filter_chains",
                "0",
                "filters",
                "0",
                "typed_config",
                "route_config",
                "virtual_hosts",
                "0",
                "routes",
                "1",
                "route",
                "cluster"))
        .isEqualTo("websockets");
  }

  private Object read(BalancerKind kind, Site site) {
    return yaml.loadFromString(kind.configuration(site));
  }

  /** What is at a path of keys, and of places in lists from 0. */
  private static Object at(Object from, String... path) {
    Object here = from;
    for (String step : path) {
      here =
          here instanceof List<?> list
              ? list.get(Integer.parseInt(step))
              : ((Map<?, ?>) here).get(step);
      assertThat(here).as("%s of %s", step, List.of(path)).isNotNull();
    }
    return here;
  }
}
