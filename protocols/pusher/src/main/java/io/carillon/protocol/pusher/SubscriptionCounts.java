package io.carillon.protocol.pusher;

import io.carillon.hub.Loop;
import io.carillon.message.Channel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells subscribers their number: at once while there are few, else at most every five seconds (<a
 * href="https://pusher.com/docs/channels/using_channels/events/#pushersubscription_count">Pusher's
 * description</a>). The last count is always sent. Owned by one loop.
 */
final class SubscriptionCounts {

  /** Tells all subscribers on this loop. */
  @FunctionalInterface
  interface Teller {
    void tell(Channel channel, int subscriptions);
  }

  private static final int FEW = 100;
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  /** A channel whose many subscribers were told a moment ago. */
  private static final class Pause {
    private int latest;
    private boolean isTold = true;

    private Pause(int latest) {
      this.latest = latest;
    }
  }

  private final Loop loop;
  private final Teller teller;
  private final Map<Channel, Pause> pauses = new HashMap<>();

  SubscriptionCounts(Loop loop, Teller teller) {
    this.loop = loop;
    this.teller = teller;
  }

  void changed(Channel channel, int subscriptions) {
    Pause pause = pauses.get(channel);
    if (pause != null && subscriptions > FEW) {
      pause.latest = subscriptions;
      pause.isTold = false;
      return;
    }
    if (pause != null) {
      pause.isTold = true; // The waiting count is outdated.
    }
    teller.tell(channel, subscriptions);
    if (subscriptions > FEW) {
      begin(channel, subscriptions);
    }
  }

  private void begin(Channel channel, int subscriptions) {
    pauses.put(channel, new Pause(subscriptions));
    loop.schedule(() -> onOver(channel), INTERVAL);
  }

  private void onOver(Channel channel) {
    Pause pause = pauses.remove(channel);
    if (pause != null && !pause.isTold) {
      changed(channel, pause.latest);
    }
  }
}
