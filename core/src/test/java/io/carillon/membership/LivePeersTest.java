package io.carillon.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Incarnation;
import io.carillon.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LivePeersTest {

  private static final Incarnation BOB = new Incarnation(0, 2);

  private final ManualClock clock = new ManualClock();
  private final LivePeers peers = new LivePeers(MembershipConfig.DEFAULTS, clock);

  private void tick() {
    peers.onTick(clock.getAsLong(), true);
  }

  private void pass(long millis) {
    clock.advance(Duration.ofMillis(millis));
  }

  @Test
  void aNodeIsLateAfterOneAndAHalfIntervalsBetweenTwoTicks() {
    peers.heard(BOB, clock.getAsLong());
    pass(1_000);
    tick();
    pass(500);
    assertThat(peers.isLate(BOB)).isFalse();

    pass(1);
    assertThat(peers.isLate(BOB)).isTrue();

    peers.heard(BOB, clock.getAsLong());
    assertThat(peers.isLate(BOB)).isFalse();
  }

  @Test
  void nobodyIsLateWhileTheSilenceMayBeThisNodesOwn() {
    peers.heard(BOB, clock.getAsLong());
    pass(2_000);
    peers.onTick(clock.getAsLong(), false);

    assertThat(peers.isLate(BOB)).isFalse();
  }

  @Test
  void nobodyIsLateWhileThisNodesOwnTickIsOverdue() {
    peers.heard(BOB, clock.getAsLong());
    tick();
    pass(1_501);
    assertThat(peers.isLate(BOB)).as("this process was stopped, it seems").isFalse();

    tick();
    assertThat(peers.isLate(BOB)).isTrue();
  }

  @Test
  void aNodeThatIsGoneIsNeitherLiveNorLate() {
    peers.heard(BOB, clock.getAsLong());
    tick();
    assertThat(peers.live()).containsExactly(BOB);

    peers.gone(BOB);
    pass(1_501);

    assertThat(peers.live()).isEmpty();
    assertThat(peers.isLate(BOB)).isFalse();
  }

  @Test
  void theOthersAreKnownFromACertainMomentOn() {
    assertThat(peers.known().toCompletableFuture()).isNotDone();
    peers.complete();
    assertThat(peers.known().toCompletableFuture()).isCompleted();
  }
}
