package io.carillon.hub;

import static io.carillon.testkit.ManualBroker.Kind.SUBSCRIBE;
import static io.carillon.testkit.ManualBroker.Kind.UNSUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.BrokerState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The races of subscribing, one by one and step by step: two loops, a channel whose home is loop 1,
 * and a bus that answers when the test says so.
 */
class SubscribeRaceTest extends RouteScene {

  @Test
  void staleAnswerDoesNotAcknowledgeALaterSubscriber() {
    Client early = new Client(0).subscribe();
    Client late = new Client(0);
    loops.runAll();
    answerNext(SUBSCRIBE);
    loops.runNext(HOME); // The route answers; the answer is on its way to loop 0.

    early.subscriber.unsubscribe(channel);
    late.subscribe();
    loops.runNext(0); // The answer arrives, for a join whose subscriber has left.
    assertThat(late.outcomes).isEmpty();

    loops.runAll(); // Now the route hears of the leave and of the new join.
    assertThat(late.outcomes).containsExactly(SubscribeOutcome.SUBSCRIBED);
    assertThat(broker.routed()).containsExactly(channel);
    assertThat(early.outcomes).isEmpty();
  }

  @Test
  void staleRefusalDoesNotRefuseALaterSubscriber() {
    Client early = new Client(0).subscribe();
    Client late = new Client(0);
    loops.runAll();
    broker.nextOperation().fail();
    loops.runNext(HOME);

    early.subscriber.unsubscribe(channel);
    late.subscribe();
    loops.runAll();
    assertThat(late.outcomes).isEmpty();
    answerNext(SUBSCRIBE);
    loops.runAll();
    assertThat(late.outcomes).containsExactly(SubscribeOutcome.SUBSCRIBED);
  }

  @Test
  void channelsThatTheBusHasNoAddressForAreRefusedAtOnceAndForgotten() {
    broker.refuseToCarry(channel);

    Client client = new Client(0).subscribe();

    assertThat(client.outcomes).containsExactly(SubscribeOutcome.NOT_CARRIED);
    loops.runAll();
    assertThat(broker.waitingOperations()).isZero();
    assertThat(client.subscriber.channels()).isEmpty();
  }

  @Test
  void churnOnALingeringChannelKeepsOneTimerOfEachKind() {
    Client client = subscribed(0);
    for (int i = 0; i < 100; i++) {
      client.subscriber.unsubscribe(channel);
      loops.runAll();
      clock.advance(Duration.ofMillis(10));
      client.subscribe();
      loops.runAll();
      assertThat(loops.pendingTimers(HOME)).as("one expiry, one linger").isLessThanOrEqualTo(2);
    }
    assertThat(broker.routed()).containsExactly(channel);
  }

  @Test
  void churnOnAChannelThatIsBeingBoundKeepsOneTimer() {
    Client client = new Client(0);
    for (int i = 0; i < 100; i++) {
      client.subscribe();
      loops.runAll();
      assertThat(loops.pendingTimers(HOME)).isEqualTo(1);
      client.subscriber.unsubscribe(channel);
      loops.runAll();
    }
  }

  @Test
  void lingerIsMeasuredFromTheLastLeave() {
    Client client = subscribed(0);
    client.subscriber.unsubscribe(channel);
    loops.runAll();
    clock.advance(LINGER.dividedBy(2));
    client.subscribe();
    loops.runAll();
    client.subscriber.unsubscribe(channel);
    loops.runAll();

    clock.advance(LINGER.dividedBy(2)); // The first leave's timer fires.
    loops.runAll();
    clock.advance(LINGER.dividedBy(2).minusNanos(1));
    loops.runAll();
    assertThat(broker.waitingOperations()).isZero();
    clock.advance(Duration.ofNanos(1));
    loops.runAll();
    answerNext(UNSUBSCRIBE);
    loops.runAll();
    assertThat(broker.routed()).isEmpty();
  }

  @Test
  void whoeverJoinsLaterTimesOutLater() {
    Client gone = new Client(0).subscribe();
    loops.runAll();
    gone.subscriber.unsubscribe(channel);
    clock.advance(TIMEOUT.dividedBy(5));
    Client first = new Client(0).subscribe();
    loops.runAll();
    clock.advance(TIMEOUT.dividedBy(5));
    Client second = new Client(HOME).subscribe();
    loops.runAll();

    clock.advance(TIMEOUT.dividedBy(5).multipliedBy(4).minusNanos(1));
    loops.runAll();
    assertThat(first.outcomes).isEmpty();
    clock.advance(Duration.ofNanos(1));
    loops.runAll();
    assertThat(first.outcomes).containsExactly(SubscribeOutcome.TIMED_OUT);
    clock.advance(TIMEOUT.dividedBy(5).minusNanos(1));
    loops.runAll();
    assertThat(second.outcomes).isEmpty();
    clock.advance(Duration.ofNanos(1));
    loops.runAll();
    assertThat(second.outcomes).containsExactly(SubscribeOutcome.TIMED_OUT);
    assertThat(gone.outcomes).isEmpty();
    assertThat(loops.pendingTimers(HOME)).isZero();
  }

  @Test
  void returnDuringTheLingerKeepsTheRoute() {
    Client leaving = subscribed(0);
    leaving.subscriber.unsubscribe(channel);
    loops.runAll();
    clock.advance(LINGER.minusMillis(1));
    Client coming = new Client(0).subscribe();
    loops.runAll();
    assertThat(coming.outcomes).containsExactly(SubscribeOutcome.SUBSCRIBED);
    clock.advance(LINGER);
    loops.runAll();
    assertThat(broker.waitingOperations()).isZero();
    assertThat(broker.routed()).containsExactly(channel);
  }

  @Test
  void lingerBeginsAnewWithEveryDeparture() {
    Client client = subscribed(0);
    client.subscriber.unsubscribe(channel);
    loops.runAll();
    clock.advance(LINGER.minusMillis(1));
    loops.runAll();
    client.subscribe();
    loops.runAll();
    client.subscriber.unsubscribe(channel);
    loops.runAll();
    clock.advance(LINGER.minusMillis(1)); // The first linger is long over, the second is not.
    loops.runAll();
    assertThat(broker.waitingOperations()).isZero();
    clock.advance(Duration.ofMillis(1));
    loops.runAll();
    answerNext(UNSUBSCRIBE);
    assertThat(broker.routed()).isEmpty();
  }

  @Test
  void joinDuringAnUnbindIsAcknowledgedOnlyAfterTheNewBind() {
    subscribed(0).subscriber.unsubscribe(channel);
    loops.runAll();
    clock.advance(LINGER);
    loops.runAll();
    Client coming = new Client(0).subscribe();
    Client other = new Client(1).subscribe();
    loops.runAll();
    assertThat(coming.outcomes).isEmpty();

    answerNext(UNSUBSCRIBE);
    loops.runAll();
    assertThat(coming.outcomes).isEmpty();
    assertThat(other.outcomes).isEmpty();

    answerNext(SUBSCRIBE);
    loops.runAll();
    assertThat(coming.outcomes).containsExactly(SubscribeOutcome.SUBSCRIBED);
    assertThat(other.outcomes).containsExactly(SubscribeOutcome.SUBSCRIBED);
    assertThat(broker.routed()).containsExactly(channel);
  }

  @Test
  void secondSubscriberWaitsForTheBindOfTheFirst() {
    Client first = new Client(0).subscribe();
    loops.runAll();
    Client sameShard = new Client(0).subscribe();
    Client otherShard = new Client(1).subscribe();
    loops.runAll();
    assertThat(broker.waitingOperations()).as("one bind for all").isEqualTo(1);
    assertThat(sameShard.outcomes).isEmpty();
    assertThat(otherShard.outcomes).isEmpty();

    answerNext(SUBSCRIBE);
    loops.runAll();
    for (Client client : List.of(first, sameShard, otherShard)) {
      assertThat(client.outcomes).containsExactly(SubscribeOutcome.SUBSCRIBED);
    }
  }

  @Test
  void everyoneWhoWaitsForABindIsRefusedWhenItFails() {
    List<Client> clients = List.of(new Client(0), new Client(0), new Client(1));
    clients.forEach(Client::subscribe);
    loops.runAll();
    broker.nextOperation().fail();
    loops.runAll();
    for (Client client : clients) {
      assertThat(client.outcomes).containsExactly(SubscribeOutcome.BUS_UNAVAILABLE);
      assertThat(client.subscriber.channels()).isEmpty();
    }
    assertNothingIsLeft();

    clients.forEach(Client::subscribe);
    loops.runAll();
    answerNext(SUBSCRIBE);
    loops.runAll();
    for (Client client : clients) {
      assertThat(client.outcomes).endsWith(SubscribeOutcome.SUBSCRIBED);
    }
  }

  @Test
  void subscribeThatTheBusDoesNotAnswerIsRefusedAfterItsTime() {
    Client client = new Client(0).subscribe();
    loops.runAll();
    clock.advance(TIMEOUT.minusNanos(1));
    loops.runAll();
    assertThat(client.outcomes).isEmpty();
    clock.advance(Duration.ofNanos(1));
    loops.runAll();
    assertThat(client.outcomes).containsExactly(SubscribeOutcome.TIMED_OUT);
    assertThat(client.subscriber.isSubscribed(channel)).isFalse();
  }

  @Test
  void lateBindThatNobodyWantsAnyMoreIsUndone() {
    Client client = new Client(0).subscribe();
    loops.runAll();
    clock.advance(TIMEOUT);
    loops.runAll();
    answerNext(SUBSCRIBE);
    loops.runAll();
    clock.advance(LINGER);
    loops.runAll();
    answerNext(UNSUBSCRIBE);
    loops.runAll();
    assertThat(client.outcomes).containsExactly(SubscribeOutcome.TIMED_OUT);
    assertNothingIsLeft();
  }

  @Test
  void lateBindStillServesThoseWhoseTimeIsNotUp() {
    Client first = new Client(0).subscribe();
    loops.runAll();
    clock.advance(TIMEOUT.minusSeconds(1));
    Client second = new Client(1).subscribe();
    loops.runAll();
    clock.advance(Duration.ofSeconds(1));
    loops.runAll();
    first.subscribe();
    loops.runAll();
    answerNext(SUBSCRIBE);
    loops.runAll();
    assertThat(first.outcomes)
        .containsExactly(SubscribeOutcome.TIMED_OUT, SubscribeOutcome.SUBSCRIBED);
    assertThat(second.outcomes).containsExactly(SubscribeOutcome.SUBSCRIBED);
  }

  @Test
  void subscribeIsRefusedAtOnceWhileTheBusIsAway() {
    Client before = subscribed(0);
    broker.become(BrokerState.DOWN);
    Client during = new Client(0).subscribe();
    assertThat(during.outcomes).containsExactly(SubscribeOutcome.BUS_UNAVAILABLE);
    assertThat(during.subscriber.channels()).isEmpty();
    assertThat(before.subscriber.isSubscribed(channel)).isTrue();
    broker.become(BrokerState.UP);
    during.subscribe();
    assertThat(during.outcomes).endsWith(SubscribeOutcome.SUBSCRIBED);
  }

  @Test
  void disconnectDuringABindLeavesNothingBehind() {
    Client client = new Client(0).subscribe();
    loops.runAll();
    client.subscriber.close();
    loops.runAll();
    answerNext(SUBSCRIBE);
    loops.runAll();
    clock.advance(LINGER);
    loops.runAll();
    answerNext(UNSUBSCRIBE);
    loops.runAll();
    assertThat(client.outcomes).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void disconnectBeforeTheJoinIsLookedAtLeavesNothingBehind() {
    Client client = new Client(0).subscribe();
    client.subscriber.close();
    client.subscribe();
    loops.runAll();
    answerNext(SUBSCRIBE);
    loops.runAll();
    clock.advance(LINGER);
    loops.runAll();
    answerNext(UNSUBSCRIBE);
    loops.runAll();
    assertThat(client.outcomes).isEmpty();
    assertNothingIsLeft();
  }
}
