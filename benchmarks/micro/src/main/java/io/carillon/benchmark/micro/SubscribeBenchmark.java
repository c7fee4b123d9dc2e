package io.carillon.benchmark.micro;

import io.carillon.hub.Encoder;
import io.carillon.hub.Frame;
import io.carillon.hub.Subscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Any of a channel's subscribers leaves and comes back. An op is both. */
@State(Scope.Thread)
public class SubscribeBenchmark {

  @Param({"10", "10000"})
  private int subscribers;

  private final OneThreadNode node = new OneThreadNode();
  private final List<Subscriber> all = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);

  @Setup
  public void subscribe() {
    Frame frame = Frame.text("any");
    Encoder encoder = _ -> frame;
    for (int i = 0; i < subscribers; i++) {
      Subscriber subscriber = node.shard().open(new CountingConnection(), encoder);
      subscriber.subscribe(Messages.LOBBY, _ -> {});
      node.loop().turn();
      all.add(subscriber);
    }
  }

  @Benchmark
  public boolean leaveAndJoin() {
    Subscriber subscriber = all.get(random.nextInt(subscribers));
    boolean left = subscriber.unsubscribe(Messages.LOBBY);
    subscriber.subscribe(Messages.LOBBY, _ -> {});
    return left;
  }
}
