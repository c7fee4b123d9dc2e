package io.carillon.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.testkit.BrokerNode;
import io.carillon.testkit.Seeded;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a local bus says to those who wait when it is closed. */
@Timeout(60)
class InMemoryBusTest {

  private static final int ROUNDS = Seeded.scenes(300);
  private static final Channel CHANNEL = Channel.ofTopic("sports");
  private static final MessageId ID = new MessageId(new Incarnation(1, 2), 3);
  private static final Publication PUBLICATION =
      new Publication(ID, CHANNEL, "", Payload.text("hi"), "", "", 0, null);
  private static final ControlMessage CONTROL =
      new ControlMessage(ID, "heartbeat", Payload.text(""));

  /** A listener at which the bus gets stuck until it is closed. */
  private static class Stuck implements BrokerListener {
    final CountDownLatch publication = new CountDownLatch(1);
    final CountDownLatch control = new CountDownLatch(1);

    @Override
    public void onPublication(Publication received) {
      publication.countDown();
      stay();
    }

    @Override
    public void onControl(ControlMessage received) {
      control.countDown();
      stay();
    }

    @Override
    public void onBulk(ControlMessage message) {}

    @Override
    public void onLost(Collection<Channel> channels) {}

    @Override
    public void onState(BrokerState state) {}

    @Override
    public void onGap(Gap gap) {}

    private static void stay() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException closed) {
        // That is the end of the scene.
      }
    }
  }

  /** A publish's outcomes: all of them, so that a second one shows. */
  private static final class Asked implements PublishCallback {
    final AtomicInteger answers = new AtomicInteger();
    volatile PublishOutcome last = PublishOutcome.ACCEPTED;

    @Override
    public void onOutcome(PublishOutcome outcome) {
      last = outcome;
      answers.incrementAndGet();
    }

    boolean isRefused() {
      return answers.get() > 0 && last instanceof PublishOutcome.Refused;
    }
  }

  @Test
  void closingAnswersWhatIsQueued() throws Exception {
    InMemoryBus bus = new InMemoryBus();
    Stuck stuck = new Stuck();
    InMemoryBroker receiver = bus.connect();
    InMemoryBroker sender = bus.connect();
    receiver.start(new Incarnation(1, 1), stuck);
    sender.start(
        ID.node(),
        new Stuck() {
          @Override
          public void onControl(ControlMessage own) {}
        });
    receiver.subscribe(List.of(CHANNEL));
    sender.publish(PUBLICATION, new Asked());
    sender.control(CONTROL);
    stuck.publication.await();
    stuck.control.await();
    List<CompletableFuture<PublishOutcome>> queued = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      CompletableFuture<PublishOutcome> outcome = new CompletableFuture<>();
      sender.publish(PUBLICATION, outcome::complete);
      queued.add(outcome);
    }

    bus.close();
    for (CompletableFuture<PublishOutcome> outcome : queued) {
      assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(PublishOutcome.Unknown.class);
    }
  }

  @Test
  void whoPublishesWhileItIsClosedHearsOneOutcome() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      InMemoryBus bus = new InMemoryBus();
      InMemoryBroker node = bus.connect();
      node.start(ID.node(), new Stuck());
      Queue<Asked> all = new ConcurrentLinkedQueue<>();
      List<Thread> publishers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        publishers.add(Thread.ofPlatform().start(() -> publishUntilRefused(node, all)));
      }
      while (all.size() < 20) {
        Thread.onSpinWait();
      }
      bus.close();
      for (Thread publisher : publishers) {
        publisher.join();
      }
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      for (Asked asked : all) {
        while (asked.answers.get() == 0 && System.nanoTime() - deadline < 0) {
          Thread.onSpinWait();
        }
        assertThat(asked.answers).as("round %d", round).hasValue(1);
      }
    }
  }

  private static void publishUntilRefused(InMemoryBroker node, Queue<Asked> all) {
    Asked asked;
    do {
      asked = new Asked();
      all.add(asked);
      node.publish(PUBLICATION, asked);
    } while (!asked.isRefused());
  }

  @Test
  void whatIsPublishedInOneCallArrivesInOneCall() throws Exception {
    CompletableFuture<List<Publication>> arrived = new CompletableFuture<>();
    InMemoryBus bus = new InMemoryBus();
    try (InMemoryBroker node = bus.connect()) {
      node.start(ID.node(), new Together(arrived)).toCompletableFuture().get(20, TimeUnit.SECONDS);
      node.subscribe(List.of(CHANNEL)).toCompletableFuture().get(20, TimeUnit.SECONDS);
      CountDownLatch answers = new CountDownLatch(100);
      List<Publish> batch =
          IntStream.range(0, 100)
              .mapToObj(_ -> new Publish(PUBLICATION, _ -> answers.countDown()))
              .toList();
      node.publishAll(batch);
      assertThat(arrived.get(20, TimeUnit.SECONDS)).hasSize(100);
      assertThat(answers.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private record Together(CompletableFuture<List<Publication>> arrived) implements BrokerListener {
    @Override
    public void onPublication(Publication publication) {
      arrived.complete(List.of(publication));
    }

    @Override
    public void onPublications(List<Publication> publications) {
      arrived.complete(publications);
    }

    @Override
    public void onControl(ControlMessage message) {}

    @Override
    public void onBulk(ControlMessage message) {}

    @Override
    public void onLost(Collection<Channel> channels) {}

    @Override
    public void onState(BrokerState state) {}

    @Override
    public void onGap(Gap gap) {}
  }

  @Test
  void closingANodeThatNeverJoinedEndsNothing() {
    try (InMemoryBus bus = new InMemoryBus()) {
      bus.connect().close();

      BrokerNode later = new BrokerNode(new Incarnation(1, 2), bus.connect()).start();

      later.publishAccepted(Channel.ofTopic("news"), "hello");
    }
  }
}
