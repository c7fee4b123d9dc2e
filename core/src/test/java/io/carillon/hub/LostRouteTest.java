package io.carillon.hub;

import static io.carillon.testkit.ManualBroker.Kind.SUBSCRIBE;
import static io.carillon.testkit.ManualBroker.Kind.UNSUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The bus stops routing a channel, unasked: two loops, a channel whose home is loop 1, and a bus
 * that answers when the test says so.
 */
class LostRouteTest extends RouteScene {

  @Test
  void isSubscribedAgainAtOnce() {
    Client client = subscribed(0);

    broker.lose(channel);
    loops.runAll();

    assertThat(broker.waitingOperations()).isEqualTo(1);
    assertThat(client.subscriber.isSubscribed(channel)).as("it stays subscribed").isTrue();
    answerNext(SUBSCRIBE);
    loops.runAll();
    publish("again");
    assertThat(client.connection.texts()).containsExactly("again");
  }

  @Test
  void newSubscribersWaitForTheConfirmationOnEveryShard() {
    Client old = subscribed(0);
    broker.lose(channel);
    loops.runAll();

    Client sameShard = new Client(0).subscribe();
    Client otherShard = new Client(1).subscribe();
    loops.runAll();
    assertThat(sameShard.outcomes).isEmpty();
    assertThat(otherShard.outcomes).isEmpty();

    answerNext(SUBSCRIBE);
    loops.runAll();
    assertThat(sameShard.outcomes).containsExactly(SubscribeOutcome.SUBSCRIBED);
    assertThat(otherShard.outcomes).containsExactly(SubscribeOutcome.SUBSCRIBED);
    assertThat(old.outcomes).as("asked once, answered once").hasSize(1);
    publish("all");
    for (Client client : List.of(old, sameShard, otherShard)) {
      assertThat(client.connection.texts()).containsExactly("all");
    }
  }

  @Test
  void aJoinThatIsUnderWayWhenTheRouteIsRestoredIsAnsweredOnce() {
    subscribed(0);
    broker.lose(channel);
    loops.runAll();
    Client coming = new Client(0).subscribe();
    answerNext(SUBSCRIBE);
    loops.runNext(HOME); // The join comes first, then the confirmation.
    loops.runAll();

    assertThat(coming.outcomes).containsExactly(SubscribeOutcome.SUBSCRIBED);
  }

  @Test
  void whatMayHaveBeenMissedIsReportedAsOneGap() {
    subscribed(0);
    broker.lose(channel);
    loops.runAll();
    assertThat(hub.gaps()).as("it is not over yet").isZero();

    answerNext(SUBSCRIBE);
    loops.runAll();

    assertThat(hub.gaps()).isEqualTo(1);
  }

  @Test
  void aBindThatFailsIsRepeatedAndItsSubscribersStay() {
    Client client = subscribed(0);
    broker.lose(channel);
    loops.runAll();
    for (int attempt = 0; attempt < 3; attempt++) {
      broker.nextOperation().fail();
      loops.runAll();
      assertThat(broker.waitingOperations()).as("not at once").isZero();
      clock.advance(RouteTable.RETRY_PAUSE);
      loops.runAll();
    }
    answerNext(SUBSCRIBE);
    loops.runAll();

    assertThat(client.subscriber.isSubscribed(channel)).isTrue();
    assertThat(client.outcomes).containsExactly(SubscribeOutcome.SUBSCRIBED);
    assertThat(hub.gaps()).isEqualTo(1);
    publish("again");
    assertThat(client.connection.texts()).containsExactly("again");
  }

  @Test
  void newSubscribersAreRefusedWhenTheBindFailsAndTheOthersStay() {
    Client old = subscribed(0);
    broker.lose(channel);
    loops.runAll();
    Client sameShard = new Client(0).subscribe();
    Client otherShard = new Client(1).subscribe();
    loops.runAll();

    broker.nextOperation().fail();
    loops.runAll();
    assertThat(sameShard.outcomes).containsExactly(SubscribeOutcome.BUS_UNAVAILABLE);
    assertThat(otherShard.outcomes).containsExactly(SubscribeOutcome.BUS_UNAVAILABLE);
    assertThat(hub.interest().shards(channel)).containsExactly(hub.shards().getFirst());

    clock.advance(RouteTable.RETRY_PAUSE);
    loops.runAll();
    sameShard.subscribe();
    loops.runAll();
    answerNext(SUBSCRIBE);
    loops.runAll();
    publish("again");
    assertThat(old.connection.texts()).containsExactly("again");
    assertThat(sameShard.connection.texts()).containsExactly("again");
    assertThat(otherShard.connection.texts()).isEmpty();
  }

  @Test
  void staleRefusalDoesNotRefuseALaterSubscriber() {
    subscribed(0);
    broker.lose(channel);
    loops.runAll();
    Client early = new Client(0).subscribe();
    Client late = new Client(0);
    loops.runAll();
    broker.nextOperation().fail();
    loops.runNext(HOME); // The refusal is on its way to loop 0.

    early.subscriber.unsubscribe(channel);
    late.subscribe();
    loops.runAll();
    assertThat(late.outcomes).isEmpty();

    clock.advance(RouteTable.RETRY_PAUSE);
    loops.runAll();
    answerNext(SUBSCRIBE);
    loops.runAll();
    assertThat(late.outcomes).containsExactly(SubscribeOutcome.SUBSCRIBED);
  }

  @Test
  void aNewSubscriberWaitsNoLongerThanAnyOther() {
    Client old = subscribed(0);
    broker.lose(channel);
    loops.runAll();
    Client sameShard = new Client(0).subscribe();
    loops.runAll();

    clock.advance(TIMEOUT);
    loops.runAll();

    assertThat(sameShard.outcomes).containsExactly(SubscribeOutcome.TIMED_OUT);
    answerNext(SUBSCRIBE);
    loops.runAll();
    publish("again");
    assertThat(old.connection.texts()).containsExactly("again");
  }

  @Test
  void nothingIsLeftWhenTheOldSubscriberLeavesAndTheNewOneIsRefused() {
    Client old = subscribed(0);
    broker.lose(channel);
    loops.runAll();
    Client coming = new Client(0).subscribe();
    loops.runAll();
    old.subscriber.close();
    loops.runAll();

    broker.nextOperation().fail();
    loops.runAll();
    clock.advance(RouteTable.RETRY_PAUSE);
    loops.runAll();

    assertThat(coming.outcomes).containsExactly(SubscribeOutcome.BUS_UNAVAILABLE);
    assertNothingIsLeft();
    assertThat(hub.gaps()).as("nobody was there to miss anything").isZero();
  }

  @Test
  void isUnboundWhenEverybodyLeavesMeanwhile() {
    Client client = subscribed(0);
    broker.lose(channel);
    loops.runAll();
    client.subscriber.close();
    loops.runAll();
    answerNext(SUBSCRIBE);
    loops.runAll();
    clock.advance(LINGER);
    loops.runAll();
    answerNext(UNSUBSCRIBE);
    loops.runAll();

    assertNothingIsLeft();
    assertThat(hub.gaps()).isZero();
  }

  @Test
  void aRouteThatLingersEndsWhenItIsLost() {
    Client client = subscribed(0);
    client.subscriber.close();
    loops.runAll();

    broker.lose(channel);
    loops.runAll();
    assertNothingIsLeft();

    clock.advance(LINGER.dividedBy(2));
    subscribed(0).subscriber.close();
    loops.runAll();
    clock.advance(LINGER.dividedBy(2)); // The timer of the route before means nothing any more.
    loops.runAll();
    assertThat(broker.waitingOperations()).isZero();
    assertThat(broker.routed()).containsExactly(channel);
  }

  @Test
  void aLossOfWhatIsBeingUnboundChangesNothing() {
    subscribed(0).subscriber.close();
    loops.runAll();
    clock.advance(LINGER);
    loops.runAll();

    broker.lose(channel);
    loops.runAll();
    answerNext(UNSUBSCRIBE);
    loops.runAll();

    assertNothingIsLeft();
  }

  @Test
  void aLossOfWhatNobodyWantsChangesNothing() {
    broker.lose(channel, Channel.ofTopic("another"));
    loops.runAll();

    assertNothingIsLeft();
  }

  @Test
  void isLostAgainWhileItIsBoundAgain() {
    Client client = subscribed(0);
    for (int round = 0; round < 3; round++) {
      broker.lose(channel);
      loops.runAll();
      answerNext(SUBSCRIBE);
      loops.runAll();
    }

    publish("again");
    assertThat(client.connection.texts()).containsExactly("again");
    assertThat(hub.gaps()).isEqualTo(3);
  }

  @Test
  void churnOnALostChannelKeepsOneWait() {
    subscribed(0);
    broker.lose(channel);
    loops.runAll();
    Client client = new Client(0);
    for (int i = 0; i < 100; i++) {
      client.subscribe();
      loops.runAll();
      client.subscriber.unsubscribe(channel);
      loops.runAll();
    }

    Route route = hub.routeTable(channel).route(channel);
    assertThat(route).isNotNull();
    assertThat(route.takeWaiting()).hasSize(1);
    assertThat(loops.pendingTimers(HOME)).isEqualTo(1);
  }
}
