package io.carillon.hub;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.message.Channel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Runs an {@link InterestMap} through random programs for three threads, and each program through
 * its interleavings. What the threads are answered must also be the answers of some order of their
 * calls without concurrency.
 *
 * <p>In production the home loop of a channel alone adds and removes shards and says whether the
 * channel is routed; two channels may have two homes. The broker's threads ask for a channel's
 * shards with each publication, and loops ask whether it is wanted and routed. {@link
 * InterestMap#size} is an estimate for metrics, so nothing is expected of it here. The library's
 * map inside counts as one step.
 */
@Isolated("instruments classes while it runs")
@Timeout(120)
class InterestMapInterleavingsTest {

  private static final Channel A = Channel.ofTopic("a");
  private static final Channel B = Channel.ofTopic("b");
  private static final List<HubShard> SHARDS = List.of(shard(), shard());

  /** A shard that is compared with others and never called. */
  @SuppressWarnings("NullAway") // Nothing of it is used.
  private static HubShard shard() {
    return new HubShard(null, null, null, null);
  }

  private static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .iterations(10)
        .invocationsPerIteration(100)
        .threads(3)
        .actorsBefore(2)
        .actorsPerThread(2)
        .actorsAfter(1)
        .minimizeFailedScenario(false);
  }

  /** Numbers of shards, which compare by value. */
  private static List<Integer> numbers(HubShard[] shards) {
    return Arrays.stream(shards).map(SHARDS::indexOf).toList();
  }

  /** What the threads call; of each group one thread only. */
  @Param(name = "shard", gen = IntGen.class, conf = "0:1")
  public static class Calls {

    private final InterestMap map = new InterestMap(channel -> channel.equals(B));

    @Operation(nonParallelGroup = "home of a")
    public void addToA(@Param(name = "shard") int shard) {
      map.add(A, SHARDS.get(shard));
    }

    @Operation(nonParallelGroup = "home of a")
    public void removeFromA(@Param(name = "shard") int shard) {
      map.remove(A, SHARDS.get(shard));
    }

    @Operation(nonParallelGroup = "home of b")
    public void addToB(@Param(name = "shard") int shard) {
      map.add(B, SHARDS.get(shard));
    }

    @Operation(nonParallelGroup = "home of b")
    public void removeFromB(@Param(name = "shard") int shard) {
      map.remove(B, SHARDS.get(shard));
    }

    @Operation(nonParallelGroup = "home of b")
    public void bindB() {
      map.setRouted(B, Route.State.BOUND);
    }

    @Operation(nonParallelGroup = "home of b")
    public void unbindB() {
      map.setRouted(B, Route.State.UNBINDING);
    }

    @Operation
    public List<Integer> shardsOfA() {
      return numbers(map.shards(A));
    }

    @Operation
    public List<Integer> shardsOfB() {
      return numbers(map.shards(B));
    }

    @Operation
    public boolean wantsA() {
      return map.wants(A);
    }

    @Operation
    public boolean isRoutedB() {
      return map.isRouted(B);
    }
  }

  @Test
  void readersSeeEachChangeWholeAndInOrder() {
    options().check(Calls.class);
  }

  /** Calls of a map that replaces a channel's shards in two steps. */
  @Param(name = "shard", gen = IntGen.class, conf = "0:1")
  public static class CallsInTwoSteps {

    private final Map<Channel, HubShard[]> map = new ConcurrentHashMap<>();

    private HubShard[] shards() {
      return map.getOrDefault(A, new HubShard[0]);
    }

    @Operation(nonParallelGroup = "home of a")
    public void addToA(@Param(name = "shard") int shard) {
      HubShard[] more = Arrays.copyOf(shards(), shards().length + 1);
      more[more.length - 1] = SHARDS.get(shard);
      map.put(A, more);
    }

    @Operation(nonParallelGroup = "home of a")
    public void removeFromA(@Param(name = "shard") int shard) {
      HubShard[] fewer =
          Arrays.stream(shards())
              .filter(other -> other != SHARDS.get(shard))
              .toArray(HubShard[]::new);
      map.remove(A);
      if (fewer.length > 0) {
        map.put(A, fewer);
      }
    }

    @Operation
    public List<Integer> shardsOfA() {
      return numbers(shards());
    }
  }

  @Test
  void aChangeInTwoStepsIsFound() {
    assertThatThrownBy(() -> options().check(CallsInTwoSteps.class))
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageContaining("Invalid execution results");
  }
}
