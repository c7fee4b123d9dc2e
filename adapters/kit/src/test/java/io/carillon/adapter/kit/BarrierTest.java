package io.carillon.adapter.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.message.Incarnation;
import io.carillon.testkit.KnownNodes;
import io.carillon.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A barrier of one node, whose other nodes are played by the test. */
final class BarrierTest {

  private static final Incarnation SELF = new Incarnation(0, 1);
  private static final Incarnation BOB = new Incarnation(0, 2);
  private static final Incarnation CAROL = new Incarnation(0, 3);

  private final ManualClock clock = new ManualClock();
  private final ManualTimer timer = new ManualTimer();
  private final KnownNodes known = KnownNodes.none().add(SELF).add(BOB).add(CAROL);
  private final List<String> sent = new ArrayList<>();
  private final List<Duration> gaps = new ArrayList<>();
  private final BarrierCounters counters = new BarrierCounters();
  private final CompletableFuture<String> lost = new CompletableFuture<>();
  private final Barrier barrier =
      new Barrier(
          new Environment(new TestVendor("TestMQ", "barrier"), clock, clock),
          SELF,
          known.besides(SELF),
          new Wire(),
          (reason, since, until) -> gaps.add(Duration.between(since, until)),
          counters,
          timer,
          lost);

  private final class Wire implements BarrierWire {
    @Override
    public void askAll(long number, Occasion occasion) {
      sent.add(number + " to all");
    }

    @Override
    public void ask(long number, Occasion occasion, Incarnation node) {
      sent.add(number + " to " + node.low());
    }
  }

  private CompletableFuture<Void> subscribe() {
    return barrier.ask(Occasion.SUBSCRIBING);
  }

  private void answer(long number, Incarnation... nodes) {
    for (Incarnation node : nodes) {
      barrier.answered(node, number);
    }
  }

  /** Lets time pass, tick by tick. */
  private void pass(Duration time) {
    for (long left = time.dividedBy(Barrier.TICK); left > 0; left--) {
      clock.advance(Barrier.TICK);
      if (timer.planned() > 0) {
        assertThat(timer.runNext()).isEqualTo(Barrier.TICK);
      }
    }
  }

  @Test
  void allLiveNodesAndThisOneHaveToAnswer() {
    CompletableFuture<Void> done = subscribe();
    assertThat(sent).containsExactly("1 to all");

    answer(1, BOB, CAROL);
    assertThat(done).isNotDone();
    assertThat(counters.stats().waiting()).isEqualTo(1);
    answer(1, SELF);

    assertThat(done).isCompleted();
    assertThat(counters.stats().waiting()).isZero();
    assertThat(counters.stats().durations().count()).isEqualTo(1);
  }

  @Test
  void anAnswerStandsForEarlierQuestionsAndForNoLaterOne() {
    CompletableFuture<Void> first = subscribe();
    CompletableFuture<Void> second = subscribe();
    CompletableFuture<Void> third = subscribe();

    answer(2, SELF, BOB, CAROL);

    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
    assertThat(third).isNotDone();
  }

  @Test
  void aNodeWithoutAnAnswerIsAskedAgain() {
    CompletableFuture<Void> done = subscribe();
    answer(1, SELF, BOB);

    pass(Duration.ofMillis(300));

    assertThat(sent).containsExactly("1 to all", "1 to 3", "1 to 3", "1 to 3");
    answer(1, CAROL);
    assertThat(done).isCompleted();
    pass(Duration.ofSeconds(2));
    assertThat(sent).hasSize(4);
  }

  @Test
  void aLiveNodeThatDoesNotAnswerMakesTheSubscribeFail() {
    CompletableFuture<Void> done = subscribe();
    answer(1, SELF, BOB);

    pass(Duration.ofMillis(4_900));
    assertThat(done).isNotDone();
    pass(Duration.ofMillis(100));

    assertThatThrownBy(done::join)
        .hasCauseInstanceOf(UnconfirmedException.class)
        .hasMessageContaining(CAROL.toString());
    assertThat(counters.stats().failed()).isEqualTo(1);
    assertThat(counters.stats().waiting()).isZero();
    assertThat(gaps).isEmpty();
  }

  @Test
  void aNodeThatFallsSilentHoldsASubscribeUntilItIsLate() {
    CompletableFuture<Void> done = subscribe();
    answer(1, SELF, BOB);
    pass(Duration.ofMillis(1_400));
    assertThat(done).isNotDone();

    known.beLate(CAROL);
    pass(Duration.ofMillis(100));

    assertThat(done).isCompleted();
    assertThat(counters.stats().givenUp()).isEqualTo(1);
  }

  @Test
  void aLateNodeHoldsOneSubscribeForAMomentAndTheNextNotAtAll() {
    known.beLate(CAROL);
    CompletableFuture<Void> first = subscribe();
    assertThat(sent).as("asked alone at once: it may be gone").contains("1 to 3");
    answer(1, SELF, BOB);
    assertThat(first).isNotDone();
    pass(Barrier.TICK);
    assertThat(first).isCompleted();

    CompletableFuture<Void> second = subscribe();
    answer(2, SELF, BOB);

    assertThat(second).isCompleted();
  }

  @Test
  void aNodeThatWasGivenUpCausesAGapWhenItAnswersTheLastQuestion() {
    known.beLate(CAROL);
    var _ = subscribe();
    answer(1, SELF, BOB);
    pass(Barrier.TICK);
    var _ = subscribe();
    answer(2, SELF, BOB);
    pass(Duration.ofSeconds(3));

    answer(1, CAROL);
    assertThat(gaps).isEmpty();
    answer(2, CAROL);

    assertThat(gaps).containsExactly(Duration.ofSeconds(3));
    assertThat(counters.stats().gaps()).isEqualTo(1);
  }

  @Test
  void aNodeThatWasGivenUpIsAskedAgainAndIsWaitedForWhenItIsNoLongerLate() {
    known.beLate(CAROL);
    var _ = subscribe();
    answer(1, SELF, BOB);
    pass(Duration.ofSeconds(2));
    assertThat(sent).as("once a second").containsOnlyOnce("1 to all").endsWith("1 to 3");
    known.beHeard(CAROL);

    CompletableFuture<Void> done = subscribe();
    answer(2, SELF, BOB);
    assertThat(done).isNotDone();
    answer(2, CAROL);

    assertThat(done).isCompleted();
    assertThat(gaps).hasSize(1);
  }

  @Test
  void aNodeThatWasGivenUpAndIsGoneCausesAGap() {
    known.beLate(CAROL);
    var _ = subscribe();
    answer(1, SELF, BOB);
    pass(Barrier.TICK);

    known.remove(CAROL);
    pass(Barrier.TICK);

    assertThat(gaps).containsExactly(Barrier.TICK);
    pass(Duration.ofSeconds(2));
    assertThat(timer.planned()).as("nothing is left to look at").isZero();
  }

  @Test
  void aNodeThatIsNotThereIsNotWaitedForAndCausesNoGapWhenItJoinsAnew() {
    CompletableFuture<Void> first = subscribe();
    answer(1, SELF, BOB);
    barrier.absent(CAROL);
    assertThat(first).isCompleted();
    CompletableFuture<Void> second = subscribe();
    answer(2, SELF, BOB);
    assertThat(second).isCompleted();

    barrier.asked(CAROL, Occasion.JOINING);
    CompletableFuture<Void> third = subscribe();
    answer(3, SELF, BOB);
    assertThat(third).isNotDone();
    answer(3, CAROL);

    assertThat(third).isCompleted();
    assertThat(gaps).isEmpty();
  }

  @Test
  void aNodeThatSeemedAbsentAndHasNotJoinedAnewCausesAGap() {
    var _ = subscribe();
    answer(1, SELF, BOB);
    barrier.absent(CAROL);
    pass(Duration.ofSeconds(1));
    assertThat(sent).as("asked again").endsWith("1 to 3");

    answer(1, CAROL);

    assertThat(gaps).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void aNewLinkBelievesAfterAMomentThatANodeIsNotThere() {
    CompletableFuture<Void> done = barrier.ask(Occasion.JOINING);
    answer(1, SELF, BOB);

    barrier.absent(CAROL);
    pass(Duration.ofMillis(400));
    barrier.absent(CAROL);
    assertThat(done).isNotDone();
    pass(Duration.ofMillis(100));
    barrier.absent(CAROL);

    assertThat(done).isCompleted();
  }

  @Test
  void aNewLinkWaitsForANodeThatItsBrokerFindsLater() {
    CompletableFuture<Void> done = barrier.ask(Occasion.JOINING);
    answer(1, SELF, BOB);

    barrier.absent(CAROL);
    pass(Duration.ofMillis(800));
    assertThat(done).isNotDone();
    answer(1, CAROL);

    assertThat(done).isCompleted();
  }

  @Test
  void aNewLinkComesUpWithoutANodeThatDoesNotAnswer() {
    CompletableFuture<Void> done = barrier.ask(Occasion.JOINING);
    answer(1, SELF, BOB);

    pass(Duration.ofMillis(1_900));
    assertThat(done).isNotDone();
    pass(Duration.ofMillis(100));

    assertThat(done).isCompleted();
    answer(1, CAROL);
    assertThat(gaps).hasSize(1);
  }

  @Test
  void aNodeThatHasAskedIsWaitedForThoughNothingElseIsKnownOfIt() {
    known.remove(CAROL);
    barrier.asked(CAROL, Occasion.JOINING);
    CompletableFuture<Void> done = subscribe();

    answer(1, SELF, BOB);
    assertThat(done).isNotDone();
    answer(1, CAROL);

    assertThat(done).isCompleted();
  }

  @Test
  void aNodeThatHasAskedAndIsNeverHeardOfIsForgotten() {
    known.remove(CAROL);
    barrier.asked(CAROL, Occasion.JOINING);
    clock.advance(LiveNodes.ASKER.plusMillis(1));

    CompletableFuture<Void> done = subscribe();
    answer(1, SELF, BOB);

    assertThat(done).isCompleted();
  }

  @Test
  void whatIsOwedWhenTheLinkIsLostIsReported() {
    known.beLate(CAROL);
    var _ = subscribe();
    answer(1, SELF, BOB);
    pass(Duration.ofSeconds(1));

    lost.complete("cut");
    barrier.close();

    assertThat(gaps).containsExactly(Duration.ofMillis(900));
    assertThat(counters.stats().waiting()).isZero();
  }

  @Test
  void waitingEndsWhenTheLinkIsLost() {
    lost.complete("cut");

    assertThatThrownBy(() -> barrier.await(Occasion.SUBSCRIBING)).hasMessageContaining("cut");
  }

  @Test
  void aGapBeginsWhenTheNodeWasFirstGivenUp() {
    Debtors debtors = new Debtors();
    debtors.add(BOB, 1, Instant.EPOCH);
    debtors.add(BOB, 2, Instant.EPOCH.plusSeconds(1));

    assertThat(debtors.pay(BOB, 1)).isNull();
    assertThat(debtors.pay(BOB, 2)).isEqualTo(new Debtors.Debt(2, Instant.EPOCH));
    assertThat(debtors.isEmpty()).isTrue();
  }
}
