package io.carillon.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Two installations that share a bus by mistake are noticed by their apps' secrets. */
class ClusterTenantsTest {

  private static final Duration LONG = Duration.ofSeconds(5);

  private final SimulatedCluster cluster = new SimulatedCluster(new SplittableRandom(1));

  private SimulatedNode start(Map<String, Long> tenants) {
    SimulatedNode node = cluster.start();
    node.tenants.putAll(tenants);
    return node;
  }

  @Test
  void nodesWithTheSameAppsAreOfOneInstallation() {
    SimulatedNode a = start(Map.of("1", 11L, "2", 22L));
    SimulatedNode b = start(Map.of("2", 22L, "3", 33L));
    cluster.pass(LONG);
    assertThat(a.cluster.tenantWarnings()).isZero();
    assertThat(b.cluster.tenantWarnings()).isZero();
  }

  @Test
  void anAppWithAnotherSecretIsToldOnceOnBothSides() {
    SimulatedNode a = start(Map.of("1", 11L, "2", 22L));
    cluster.pass(LONG);
    SimulatedNode b = start(Map.of("1", 12L, "2", 22L));
    SimulatedNode c = start(Map.of("1", 12L));
    cluster.pass(LONG);
    assertThat(a.cluster.tenantWarnings()).isOne();
    assertThat(b.cluster.tenantWarnings()).isOne();
    assertThat(c.cluster.tenantWarnings()).isOne();
    cluster.pass(Duration.ofSeconds(130));
    assertThat(a.cluster.tenantWarnings()).isOne();
  }

  /** Heartbeats that tell the apps come once in a while, too. */
  @Test
  void anAppThatChangesLaterIsNoticedWithinAMinute() {
    SimulatedNode a = start(Map.of("1", 11L));
    SimulatedNode b = start(Map.of("1", 11L));
    cluster.pass(LONG);
    b.tenants.put("1", 12L);
    cluster.pass(Duration.ofSeconds(61));
    assertThat(a.cluster.tenantWarnings()).isOne();
    assertThat(b.cluster.tenantWarnings()).isOne();
  }

  @Test
  void veryManyAppsAreComparedAllTogether() {
    SimulatedNode a = start(Map.of());
    SimulatedNode b = start(Map.of());
    for (long id = 0; id < 1_500; id++) {
      a.tenants.put("app-" + id, id);
      b.tenants.put("app-" + id, id);
    }
    cluster.pass(LONG);
    assertThat(a.cluster.tenantWarnings()).isZero();
    b.tenants.put("app-77", 0L);
    cluster.pass(Duration.ofSeconds(61));
    assertThat(a.cluster.tenantWarnings()).isOne();
  }
}
