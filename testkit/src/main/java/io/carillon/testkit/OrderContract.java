package io.carillon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.broker.Publish;
import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.message.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The order in which publications arrive, the outcomes of publishes, and the use by many threads.
 */
interface OrderContract extends ClusterOfNodes {

  @Test
  default void everyNodeHearsEachPublisherInOrder() throws InterruptedException {
    List<BrokerNode> nodes = List.of(join(), join());
    Channel channel = Channel.ofTopic("busy");
    int each = 5_000;
    nodes.forEach(node -> node.subscribe(channel));

    inParallel(
        nodes.size(),
        n -> {
          for (int i = 0; i < each; i++) {
            nodes.get(n).publish(channel, "message " + i);
          }
        });

    for (BrokerNode node : nodes) {
      List<Publication> heard = node.heard().awaitPublications(channel, nodes.size() * each);
      for (BrokerNode publisher : nodes) {
        assertThat(sequencesOf(publisher, heard))
            .containsExactlyElementsOf(LongStream.rangeClosed(1, each).boxed().toList());
      }
    }
    if (nodes.getFirst().broker().capabilities().totalOrder()) {
      assertThat(nodes.get(1).heard().publications(channel))
          .containsExactlyElementsOf(nodes.get(0).heard().publications(channel));
    }
  }

  @Test
  default void publicationsOfManyChannelsKeepEachChannelsOrder() {
    BrokerNode publisher = join();
    BrokerNode subscriber = join();
    int each = 100;
    List<Channel> channels =
        IntStream.range(0, 50).mapToObj(i -> Channel.ofTopic("lane-" + i)).toList();
    subscriber.subscribe(channels);

    for (int i = 0; i < each; i++) {
      for (Channel channel : channels) {
        publisher.publish(channel, Integer.toString(i));
      }
    }

    List<String> expected = IntStream.range(0, each).mapToObj(Integer::toString).toList();
    for (Channel channel : channels) {
      assertThat(subscriber.awaitTexts(channel, each)).containsExactlyElementsOf(expected);
    }
  }

  @Test
  default void whatIsPublishedInOneCallKeepsItsPlaceAmongTheOthers() {
    BrokerNode publisher = join();
    BrokerNode subscriber = join();
    Channel channel = Channel.ofTopic("mixed");
    subscriber.subscribe(channel);
    List<String> texts = IntStream.range(0, 2_000).mapToObj(Integer::toString).toList();
    List<CompletableFuture<PublishOutcome>> outcomes = new ArrayList<>();

    for (int i = 0; i < texts.size(); ) {
      int more = Math.min(texts.size(), i + 1 + i % 100);
      outcomes.addAll(publisher.publishAll(channel, texts.subList(i, more)));
      i = more;
      if (i < texts.size()) {
        outcomes.add(publisher.publish(channel, texts.get(i++)));
      }
    }

    assertThat(subscriber.awaitTexts(channel, texts.size())).containsExactlyElementsOf(texts);
    assertThat(outcomes)
        .hasSameSizeAs(texts)
        .allSatisfy(
            outcome ->
                assertThat(outcome)
                    .succeedsWithin(Duration.ofSeconds(30))
                    .isInstanceOf(PublishOutcome.Accepted.class));
  }

  @Test
  default void everyPublishHearsExactlyOneOutcome() {
    BrokerNode node = join();
    int count = 10_000;
    AtomicIntegerArray answers = new AtomicIntegerArray(count);
    ConcurrentLinkedQueue<PublishOutcome> outcomes = new ConcurrentLinkedQueue<>();

    for (int i = 0; i < count; i++) {
      int index = i;
      node.broker()
          .publish(
              node.publication(Channel.ofTopic("outcomes-" + i % 7), "x"),
              outcome -> {
                answers.incrementAndGet(index);
                outcomes.add(outcome);
              });
    }

    await().atMost(RecordingListener.PATIENCE).until(() -> outcomes.size() >= count);
    node.close();
    assertThat(outcomes).hasSize(count).allMatch(PublishOutcome.Accepted.class::isInstance);
    assertThat(IntStream.range(0, count).map(answers::get)).containsOnly(1);
  }

  @Test
  default void aFailingCallbackHarmsNobodyElse() {
    BrokerNode node = join();
    Channel channel = Channel.ofTopic("after-a-bug");
    node.subscribe(channel);

    node.broker()
        .publish(
            node.publication(channel, "one"),
            outcome -> {
              throw new IllegalStateException("a bug in a callback, on purpose");
            });
    node.publishAccepted(channel, "two");

    assertThat(node.awaitTexts(channel, 2)).containsExactly("one", "two");
  }

  @Test
  default void aFailingCallbackOfARefusedPublicationHarmsNobodyElse() {
    BrokerNode node = join();
    Channel channel = Channel.ofTopic("after-a-refusal");
    node.subscribe(channel);
    String tooLarge = "x".repeat(node.broker().capabilities().maxPayload() + 1);
    CompletableFuture<PublishOutcome> two = new CompletableFuture<>();

    node.broker()
        .publishAll(
            List.of(
                new Publish(
                    node.publication(channel, tooLarge),
                    outcome -> {
                      throw new IllegalStateException("a bug in a callback, on purpose");
                    }),
                new Publish(node.publication(channel, "two"), two::complete)));

    assertThat(BrokerNode.await(two)).isInstanceOf(PublishOutcome.Accepted.class);
    assertThat(node.awaitTexts(channel, 1)).containsExactly("two");
  }

  @Test
  default void manyThreadsMayPublishAndSubscribeAtOnce() throws InterruptedException {
    BrokerNode one = join();
    BrokerNode two = join();
    int threads = 8;
    int rounds = 100;

    inParallel(
        threads,
        t -> {
          BrokerNode mine = t % 2 == 0 ? one : two;
          BrokerNode theirs = t % 2 == 0 ? two : one;
          for (int i = 0; i < rounds; i++) {
            Channel channel = Channel.ofTopic("thread-" + t + "-" + i);
            mine.subscribe(channel);
            theirs.publishAccepted(channel, "hello");
            mine.heard().awaitPublications(channel, 1);
            mine.broker().unsubscribe(Set.of(channel));
          }
        });

    Map<Channel, Integer> heard = one.heard().counts();
    assertThat(heard).hasSize(threads / 2 * rounds);
    assertThat(heard.values()).containsOnly(1);
  }

  private static List<Long> sequencesOf(BrokerNode publisher, List<Publication> heard) {
    return heard.stream()
        .map(Publication::id)
        .filter(id -> id.node().equals(publisher.incarnation()))
        .map(id -> id.sequence())
        .toList();
  }

  /** Runs {@code task} on this many threads at once and waits; rethrows what any of them threw. */
  private static void inParallel(int threads, IntConsumer task) throws InterruptedException {
    Phaser start = new Phaser(threads);
    CountDownLatch done = new CountDownLatch(threads);
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    for (int t = 0; t < threads; t++) {
      int index = t;
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  start.arriveAndAwaitAdvance();
                  task.accept(index);
                } catch (RuntimeException | AssertionError e) {
                  failures.add(e);
                } finally {
                  done.countDown();
                }
              });
    }
    done.await();
    assertThat(new ArrayList<>(failures)).isEmpty();
  }
}
