package io.carillon.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a shard does with publications: whom they reach, what they cost, and when it yields. */
class HubShardTest {

  private static final Channel CHANNEL = Channel.ofTopic("sports");

  private final ManualClock clock = new ManualClock();
  private final ManualLoops loops = new ManualLoops(2, clock);
  private final ManualBroker broker = new ManualBroker();
  private final Hub hub =
      new Hub(
          new Incarnation(1, 2),
          broker,
          loops.loops(),
          HubConfig.DEFAULTS,
          LastPublications.NONE,
          clock,
          clock);
  private final CountingEncoder encoder = new CountingEncoder("");
  private int published;

  /** Prefixes the payload, and counts; takes a while, if the test says so. */
  private final class CountingEncoder implements Encoder {
    final String prefix;
    Duration cost = Duration.ZERO;
    int count;

    CountingEncoder(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public Frame encode(Publication publication) {
      count++;
      clock.advance(cost);
      return Frame.text(prefix + publication.payload().asText());
    }
  }

  @BeforeEach
  void start() {
    var _ = hub.start();
  }

  @Test
  void sparesTheExcludedConnection() {
    RecordingConnection ada = subscribe(0, "ada", encoder);
    RecordingConnection bob = subscribe(0, "bob", encoder);
    RecordingConnection eve = subscribe(1, "eve", encoder);
    publish("hi", "bob");
    loops.runAll();
    assertThat(ada.texts()).containsExactly("hi");
    assertThat(bob.texts()).isEmpty();
    assertThat(eve.texts()).containsExactly("hi");
  }

  @Test
  void encodesOncePerPublicationAndEncoder() {
    CountingEncoder other = new CountingEncoder("other ");
    List<RecordingConnection> plain = new ArrayList<>();
    List<RecordingConnection> prefixed = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      plain.add(subscribe(i % 2, "p" + i, encoder));
      prefixed.add(subscribe(i % 2, "o" + i, other));
    }
    publish("1");
    publish("2");
    loops.runAll();
    assertThat(encoder.count).isEqualTo(2);
    assertThat(other.count).isEqualTo(2);
    assertThat(plain).allSatisfy(c -> assertThat(c.texts()).containsExactly("1", "2"));
    assertThat(prefixed)
        .allSatisfy(c -> assertThat(c.texts()).containsExactly("other 1", "other 2"));
  }

  @Test
  void sendsWhatFollowsEachOtherOnAChannelAsOne() {
    CountingEncoder other = new CountingEncoder("other ");
    RecordingConnection ada = subscribe(0, "ada", encoder);
    RecordingConnection bob = subscribe(0, "bob", other);
    RecordingConnection eve = subscribe(0, "eve", encoder);
    IntStream.range(0, 100).forEach(i -> publish("" + i));
    loops.runAll();
    List<String> all = IntStream.range(0, 100).mapToObj(String::valueOf).toList();
    assertThat(ada.texts()).isEqualTo(all);
    assertThat(bob.texts()).isEqualTo(all.stream().map(text -> "other " + text).toList());
    assertThat(eve.texts()).isEqualTo(all);
    assertThat(List.of(ada.sends(), bob.sends(), eve.sends())).containsOnly(1);
    assertThat(hub.shards().get(0).deliveries()).isEqualTo(300);
  }

  @Test
  void sendsApartWhatNotEverybodyMayHear() {
    RecordingConnection ada = subscribe(0, "ada", encoder);
    RecordingConnection bob = subscribe(0, "bob", encoder);
    publish("1");
    publish("2", "bob");
    publish("3", "bob");
    publish("4", "ada");
    loops.runAll();
    assertThat(ada.texts()).containsExactly("1", "2", "3");
    assertThat(ada.sends()).isEqualTo(2);
    assertThat(bob.texts()).containsExactly("1", "4");
  }

  @Test
  void encodesNothingThatNobodyWantsAnyMore() {
    RecordingConnection connection = new RecordingConnection("c");
    Subscriber subscriber = hub.shards().get(0).open(connection, encoder);
    subscriber.subscribe(CHANNEL, _ -> {});
    settle();
    publish("under way");
    subscriber.unsubscribe(CHANNEL);
    loops.runAll();
    assertThat(connection.texts()).isEmpty();
    assertThat(encoder.count).isZero();
  }

  @Test
  void yieldsAfter256Publications() {
    RecordingConnection connection = subscribe(0, "c", encoder);
    IntStream.range(0, 600).forEach(i -> publish("" + i));
    List<Integer> seenByOthers = new ArrayList<>();
    for (int turn = 0; turn < 3; turn++) {
      loops.loops().get(0).execute(() -> seenByOthers.add(connection.texts().size()));
      loops.runNext(0);
      loops.runNext(0);
    }
    assertThat(seenByOthers).containsExactly(256, 512, 600);
    assertThat(connection.texts())
        .isEqualTo(IntStream.range(0, 600).mapToObj(String::valueOf).toList());
  }

  @Test
  void yieldsAfter256KibOfPayload() {
    RecordingConnection connection = subscribe(0, "c", encoder);
    String payload = "x".repeat(100 << 10);
    IntStream.range(0, 5).forEach(_ -> publish(payload));
    loops.runNext(0);
    assertThat(connection.texts()).hasSize(3);
    loops.runNext(0);
    assertThat(connection.texts()).hasSize(5);
  }

  @Test
  void namesCountTowardTheBytesAfterWhichItYields() {
    AtomicInteger delivered = new AtomicInteger();
    subscribe(
        0,
        "c",
        _ -> {
          delivered.incrementAndGet();
          return Frame.text("");
        });
    MessageId id = new MessageId(new Incarnation(3, 4), 1);
    String event = "e".repeat(100 << 10);
    Publication named = new Publication(id, CHANNEL, event, Payload.text(""), "", "", 0, null);
    IntStream.range(0, 5).forEach(_ -> broker.deliver(named));
    loops.runNext(0);
    assertThat(delivered).hasValue(3);
    loops.runNext(0);
    assertThat(delivered).hasValue(5);
  }

  @Test
  void letsTheSocketsHaveTheirTurnBeforeItGoesOn() {
    RecordingConnection connection = subscribe(0, "c", encoder);
    int before = loops.pendingTimers(0);
    IntStream.range(0, 300).forEach(i -> publish("" + i));
    loops.runNext(0);
    assertThat(connection.texts()).hasSize(256);
    assertThat(loops.pendingTimers(0) - before)
        .as("the rest waits for a timer: posted tasks run before sockets")
        .isEqualTo(1);
  }

  @Test
  void goesOnAfterAnErrorInOneTurn() {
    AtomicBoolean fail = new AtomicBoolean(true);
    List<String> heard = new ArrayList<>();
    subscribe(
        0,
        "c",
        publication -> {
          if (fail.getAndSet(false)) {
            throw new OutOfMemoryError("on purpose");
          }
          heard.add(publication.payload().asText());
          return Frame.text("");
        });
    publish("lost");
    publish("behind it");
    assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> loops.runNext(0));
    loops.runAll();
    assertThat(heard).containsExactly("behind it");
    publish("later");
    loops.runAll();
    assertThat(heard).containsExactly("behind it", "later");
  }

  @Test
  void whatCouldNotBeJoinedGoesToNobodyElse() {
    AtomicBoolean fail = new AtomicBoolean();
    RecordingConnection ada = subscribe(0, "ada", encoder);
    RecordingConnection bob =
        subscribe(
            0,
            "bob",
            publication -> {
              if (publication.payload().asText().equals("2") && fail.getAndSet(false)) {
                throw new OutOfMemoryError("on purpose");
              }
              return Frame.text(publication.payload().asText());
            });
    fail.set(true);
    publish("1");
    publish("2");
    assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> loops.runNext(0));
    publish("3");
    publish("4");
    loops.runAll();
    assertThat(ada.texts()).containsExactly("1", "2", "3", "4");
    assertThat(bob.texts()).containsExactly("3", "4");
  }

  @Test
  void yieldsAfterAMillisecond() {
    encoder.cost = Duration.ofNanos(400_000);
    RecordingConnection connection = subscribe(0, "c", encoder);
    IntStream.range(0, 5).forEach(i -> publish("" + i));
    loops.runNext(0);
    assertThat(connection.texts()).hasSize(3);
    loops.runNext(0);
    assertThat(connection.texts()).hasSize(5);
  }

  @Test
  void flushesOnceAfterEveryDrain() {
    subscribe(0, "a", encoder);
    subscribe(0, "b", encoder);
    int before = loops.flushes(0);
    publish("1");
    publish("2");
    loops.runAll();
    assertThat(loops.flushes(0) - before).isEqualTo(1);
    publish("3");
    loops.runAll();
    assertThat(loops.flushes(0) - before).isEqualTo(2);
    assertThat(loops.flushes(1)).as("a shard without subscribers is not bothered").isZero();
  }

  @Test
  void countsWhatItSends() {
    subscribe(0, "a", encoder);
    subscribe(0, "b", encoder);
    publish("to both");
    publish("to one", "a");
    loops.runAll();
    assertThat(hub.shards().get(0).deliveries()).isEqualTo(3);
    assertThat(hub.shards().get(1).deliveries()).isZero();
    assertThat(hub.stats().deliveries()).isEqualTo(3);
  }

  private RecordingConnection subscribe(int shard, String id, Encoder with) {
    RecordingConnection connection = new RecordingConnection(id);
    List<SubscribeOutcome> outcomes = new ArrayList<>();
    hub.shards().get(shard).open(id, connection, with).subscribe(CHANNEL, outcomes::add);
    settle();
    assertThat(outcomes).containsExactly(SubscribeOutcome.SUBSCRIBED);
    return connection;
  }

  private void settle() {
    loops.runAll();
    while (broker.answerAll()) {
      loops.runAll();
    }
  }

  private void publish(String text) {
    publish(text, "");
  }

  private void publish(String text, String excluded) {
    MessageId id = new MessageId(new Incarnation(3, 4), ++published);
    broker.deliver(new Publication(id, CHANNEL, "", Payload.text(text), "", excluded, 0, null));
  }
}
