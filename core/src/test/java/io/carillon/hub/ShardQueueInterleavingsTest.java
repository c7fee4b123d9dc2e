package io.carillon.hub;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Runs a {@link ShardQueue} through random programs for three threads, and each program through its
 * interleavings.
 *
 * <p>In production several threads offer to one queue: the broker's threads by {@link
 * ShardQueue#offer}, the threads that tell the outcome of a publish by {@link
 * ShardQueue#offerAtOnce}. The shard's loop alone polls. The queue holds one publication here, so
 * that producers meet the bound at once, and nobody waits for room. The library's queue inside
 * counts as one step.
 */
@Isolated("instruments classes while it runs")
@Timeout(120)
class ShardQueueInterleavingsTest {

  private static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .iterations(8)
        .invocationsPerIteration(50)
        .threads(3)
        .actorsBefore(2)
        .actorsPerThread(2)
        .actorsAfter(0)
        .minimizeFailedScenario(false)
        .verifier(EpsilonVerifier.class) // The answers are checked by what follows from them.
        .addGuarantee(
            ManagedStrategyGuaranteeKt.forClasses(
                    "org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue")
                .allMethods()
                .treatAsAtomic());
  }

  /** What one thread has offered, in order. */
  static final class Producer {

    private final String name;
    final List<Delivery> accepted = new ArrayList<>();
    final List<Delivery> lost = new ArrayList<>();

    Producer(String name) {
      this.name = name;
    }

    Delivery next() {
      return delivery(name + (accepted.size() + lost.size()));
    }

    void note(Delivery delivery, boolean wasAccepted) {
      (wasAccepted ? accepted : lost).add(delivery);
    }
  }

  private static Delivery delivery(String topic) {
    return Delivery.of(
        new Publication(
            new MessageId(new Incarnation(1, 2), 1),
            Channel.ofTopic(topic),
            "",
            Payload.of(Payload.Type.BINARY, new byte[0]),
            "",
            "",
            0,
            null));
  }

  /** What the threads call; of each group one thread only. */
  public abstract static class Calls {

    static final int BOUND = delivery("x0").weight();

    final Producer broker = new Producer("b");
    final Producer outcomes = new Producer("o");
    final List<Delivery> polled = new ArrayList<>();
    final Set<Channel> reported = ConcurrentHashMap.newKeySet();
    final ShardQueue queue =
        new ShardQueue(
            new HubConfig(1, Duration.ofSeconds(1), Duration.ZERO, BOUND, Duration.ZERO),
            () -> 0,
            InstantSource.fixed(Instant.EPOCH),
            gap -> reported.addAll(gap.channels()),
            () -> {});

    @Operation(nonParallelGroup = "broker")
    public void offer() {
      Delivery next = broker.next();
      broker.note(next, queue.offer(next));
    }

    @Operation(nonParallelGroup = "outcomes")
    public void offerAtOnce() {
      Delivery next = outcomes.next();
      outcomes.note(next, queue.offerAtOnce(next));
    }

    @Operation(nonParallelGroup = "loop")
    public void poll() {
      Delivery next = queue.poll();
      if (next != null) {
        polled.add(next);
      }
    }
  }

  /** Each publication is polled, once and in its producer's order, or reported as lost. */
  public static class CheckedCalls extends Calls {

    @Validate
    public void check() {
      while (!queue.isEmpty()) {
        poll();
      }
      require(polledOf(broker).equals(broker.accepted), "polled in order: the broker's");
      require(polledOf(outcomes).equals(outcomes.accepted), "polled in order: the outcomes'");
      List<Channel> lost =
          Stream.of(broker, outcomes)
              .flatMap(producer -> producer.lost.stream())
              .map(delivery -> delivery.publication().channel())
              .toList();
      require(reported.equals(Set.copyOf(lost)), "each loss is reported, and nothing else");
      require(queue.lost() == lost.size(), "losses are counted");
      require(queue.waitingBytes() == 0, "no bytes wait in an empty queue");
      require(queue.offerAtOnce(delivery("x0")), "an empty queue takes publications again");
    }

    private List<Delivery> polledOf(Producer producer) {
      return polled.stream()
          .filter(one -> one.publication().channel().name().startsWith(producer.name))
          .toList();
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }

  @Test
  @Tag("matrix")
  void everyPublicationIsPolledOnceOrReportedAsLost() {
    options().check(CheckedCalls.class);
  }

  /** Two producers, an empty queue, and a claim that is wrong. */
  public static class CallsWithinTheBound {

    private final Delivery first = delivery("b0");
    private final Delivery second = delivery("o0");
    private final ShardQueue queue =
        new ShardQueue(
            new HubConfig(1, Duration.ofSeconds(1), Duration.ZERO, first.weight(), Duration.ZERO),
            () -> 0,
            InstantSource.fixed(Instant.EPOCH),
            gap -> {},
            () -> {});

    @Operation(nonParallelGroup = "broker")
    public boolean offer() {
      return queue.offer(first);
    }

    @Operation(nonParallelGroup = "outcomes")
    public boolean offerAtOnce() {
      return queue.offerAtOnce(second);
    }

    @Validate
    public void check() {
      require(queue.waitingBytes() <= first.weight(), "within the bound");
    }
  }

  /**
   * A producer looks at the bound and then takes from it, in two steps, so each may pass it by one
   * publication. That this is found shows that the interleavings reach into the queue.
   */
  @Test
  void producersThatLookAtOncePassTheBoundTogether() {
    assertThatThrownBy(() -> options().threads(2).actorsBefore(0).check(CallsWithinTheBound.class))
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageContaining("within the bound");
  }
}
