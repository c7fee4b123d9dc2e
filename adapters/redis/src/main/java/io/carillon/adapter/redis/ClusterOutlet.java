package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Answers;
import io.carillon.adapter.kit.Outlet;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.part.BrokerUri.Host;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Publishes to the master of each channel's slot. A master that no longer owns the slot answers
 * with the one that does, and has certainly not published; the message is then sent there. No other
 * message of the channel is under way meanwhile, so their order stays.
 */
final class ClusterOutlet implements Outlet {

  private static final int MOST_REDIRECTIONS = 5;

  private final Shards shards;

  /** To be flushed. On the publisher's thread. */
  private final Set<Publisher> written = new HashSet<>();

  /** Set before the first message is written; read by the connections' threads. */
  private volatile @Nullable Answers answers;

  ClusterOutlet(Shards shards) {
    this.shards = shards;
  }

  @Override
  public void answerTo(Answers newAnswers) {
    answers = newAnswers;
  }

  @Override
  public void write(long number, String address, byte[] body) throws IOException {
    Host master = shards.owner(address);
    Publisher out = shards.lane(master).out();
    out.awaitRoom();
    written.add(out);
    send(number, master, address, body, MOST_REDIRECTIONS);
  }

  @Override
  public void flush() {
    written.forEach(Publisher::flush);
    written.clear();
  }

  private void send(long number, Host master, String address, byte[] body, int redirections) {
    shards
        .lane(master)
        .out()
        .send(address, body)
        .whenComplete(
            (outcome, failure) -> {
              if (failure == null) {
                answer(number, outcome);
              } else if (redirections > 0 && shards.follow(failure, master)) {
                Host next = shards.owner(address);
                send(number, next, address, body, redirections - 1);
                shards.lane(next).out().flush();
              } else if (Failures.isRedirection(failure)) {
                answer(
                    number,
                    new PublishOutcome.Refused(
                        Refusal.UNAVAILABLE, "the channel's slot is moving in Redis"));
              } else {
                answer(number, Publisher.failed(failure));
              }
            });
  }

  private void answer(long number, PublishOutcome outcome) {
    Answers current = answers;
    if (current != null) {
      current.one(number, outcome);
    }
  }
}
