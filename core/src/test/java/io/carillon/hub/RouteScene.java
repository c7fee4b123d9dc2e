package io.carillon.hub;

import static io.carillon.testkit.ManualBroker.Kind.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.testkit.ManualBroker;
import io.carillon.testkit.ManualClock;
import io.carillon.testkit.ManualLoops;
import io.carillon.testkit.RecordingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/**
 * The scene of tests about one channel's route: two loops, a channel whose home is loop 1, and a
 * bus that answers when the test says so.
 */
abstract class RouteScene {

  static final int HOME = 1;
  static final Duration LINGER = Duration.ofSeconds(2);
  static final Duration TIMEOUT = HubConfig.DEFAULTS.subscribeTimeout();

  final ManualClock clock = new ManualClock();
  final ManualLoops loops = new ManualLoops(2, clock);
  final ManualBroker broker = new ManualBroker();
  final Hub hub =
      new Hub(
          new Incarnation(1, 2),
          broker,
          loops.loops(),
          HubConfig.DEFAULTS.withUnbindLinger(LINGER),
          LastPublications.NONE,
          clock,
          clock);
  final Channel channel =
      IntStream.range(0, 100)
          .mapToObj(i -> Channel.ofTopic("topic" + i))
          .filter(c -> hub.home(c) == HOME)
          .findFirst()
          .orElseThrow();

  final class Client {
    final RecordingConnection connection = new RecordingConnection("c");
    final Subscriber subscriber;
    final List<SubscribeOutcome> outcomes = new ArrayList<>();

    Client(int shard) {
      subscriber = hub.shards().get(shard).open(connection, p -> Frame.text(p.payload().bytes()));
    }

    Client subscribe() {
      subscriber.subscribe(channel, outcomes::add);
      return this;
    }
  }

  @BeforeEach
  void start() {
    var _ = hub.start();
  }

  Client subscribed(int shard) {
    Client client = new Client(shard).subscribe();
    loops.runAll();
    answerNext(SUBSCRIBE);
    loops.runAll();
    assertThat(client.outcomes).containsExactly(SubscribeOutcome.SUBSCRIBED);
    return client;
  }

  void publish(String text) {
    MessageId id = new MessageId(new Incarnation(3, 4), 1);
    broker.deliver(new Publication(id, channel, "", Payload.text(text), "", "", 0, null));
    loops.runAll();
  }

  void answerNext(ManualBroker.Kind kind) {
    ManualBroker.Operation next = broker.nextOperation();
    assertThat(next.kind()).isEqualTo(kind);
    assertThat(next.channels()).containsExactly(channel);
    next.succeed();
  }

  void assertNothingIsLeft() {
    assertThat(broker.waitingOperations()).isZero();
    assertThat(broker.routed()).isEmpty();
    assertThat(hub.routeTable(channel).route(channel)).isNull();
    assertThat(hub.interest().isEmpty(channel)).isTrue();
    hub.shards().forEach(shard -> assertThat(shard.channel(channel)).isNull());
  }
}
