package io.carillon.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A few lie in an array, many in a map; nobody should see the difference. */
class SubscriptionsTest {

  @Test
  void isAsAMapWould() {
    long seed = RandomGenerator.getDefault().nextLong();
    System.out.println("SubscriptionsTest: seed " + seed);
    Random random = new Random(seed);
    for (int names : new int[] {1, 3, 9, 40}) {
      compare(random, names);
    }
  }

  private static void compare(Random random, int names) {
    Subscriptions subscriptions = new Subscriptions();
    Map<Channel, Subscription> model = new HashMap<>();
    for (int step = 0; step < 5_000; step++) {
      Channel channel = Channel.ofTopic("t" + random.nextInt(names));
      assertThat(subscriptions.get(channel)).isSameAs(model.get(channel));
      if (random.nextInt(1000) == 0) {
        subscriptions.clear();
        model.clear();
      } else if (random.nextBoolean() && !model.containsKey(channel)) {
        Subscription added = subscription(channel);
        subscriptions.add(added);
        model.put(channel, added);
      } else {
        assertThat(subscriptions.remove(channel)).isSameAs(model.remove(channel));
      }
      assertThat(subscriptions.size()).isEqualTo(model.size());
      assertThat(subscriptions.all()).containsExactlyInAnyOrderElementsOf(model.values());
    }
  }

  @SuppressWarnings("NullAway") // Whose it is doesn't matter here.
  private static Subscription subscription(Channel channel) {
    return new Subscription(null, new LocalChannel(channel, 1), Subscription.Start.ROUTED);
  }
}
