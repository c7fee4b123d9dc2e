package io.carillon.protocol.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.protocol.pusher.ConnectionQuota.Admission;
import io.carillon.testkit.ManualClock;
import io.carillon.testkit.OtherNodes;
import io.carillon.view.Tallies.Others;
import org.junit.jupiter.api.Test;

/** The clients of an app are limited on all nodes together. */
class ConnectionQuotaTest {

  private static final String TALLY = "pusher.connections/" + PusherWorld.APP.id();

  private final OtherNodes others = new OtherNodes(new ManualClock());
  private final ConnectionQuota quota = new ConnectionQuota(others);

  @Test
  void clientsOfOtherNodesCount() {
    others.setTally(TALLY, new Others(1, 0));
    assertThat(add(3)).isEqualTo(Admission.ADMITTED);
    assertThat(add(3)).isEqualTo(Admission.ADMITTED);
    assertThat(add(3)).isEqualTo(Admission.FULL);
    assertThat(quota.of(PusherWorld.APP.id())).isEqualTo(3);
    assertThat(others.ownTally(TALLY)).isEqualTo(2);
  }

  /** If that node is gone, there is room in a moment. */
  @Test
  void clientsOfANodeThatIsSilentMayMakeTheDifference() {
    others.setTally(TALLY, new Others(1, 1));
    assertThat(add(3)).isEqualTo(Admission.ADMITTED);
    assertThat(add(3)).isEqualTo(Admission.PERHAPS_FULL);
    others.setTally(TALLY, new Others(2, 1));
    assertThat(add(2)).isEqualTo(Admission.FULL);
  }

  @Test
  void aClientThatHasGoneLeavesItsPlace() {
    assertThat(add(1)).isEqualTo(Admission.ADMITTED);
    assertThat(add(1)).isEqualTo(Admission.FULL);
    quota.remove(PusherWorld.APP.with(Limits.maxConnections(1)));
    assertThat(others.ownTally(TALLY)).isZero();
    assertThat(add(1)).isEqualTo(Admission.ADMITTED);
  }

  private Admission add(int most) {
    return quota.tryAdd(PusherWorld.APP.with(Limits.maxConnections(most)));
  }
}
