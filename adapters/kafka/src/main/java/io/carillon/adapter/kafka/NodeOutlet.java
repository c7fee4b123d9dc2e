package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.Answers;
import io.carillon.adapter.kit.NotSentException;
import io.carillon.adapter.kit.Outlet;
import io.carillon.adapter.kit.Timer;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages for nodes. A message for all is accepted when Kafka has it. A message for one
 * node is accepted when that node answers that it has taken the message. Kafka itself does not know
 * which nodes read, so a node that does not answer for {@link #PATIENCE} is gone.
 */
final class NodeOutlet implements Outlet {

  /** The address of messages for all nodes. */
  static final String ALL = "*";

  /** How long a node may take to answer after Kafka has the message. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final PublishOutcome GONE =
      new PublishOutcome.Refused(Refusal.NOT_CARRIED, "the node does not answer");
  private static final PublishOutcome FULL =
      new PublishOutcome.Refused(Refusal.OVERLOADED, "too much waits for that node");

  private final TopicWriter writer;
  private final ToIntFunction<byte[]> partition;
  private final Header from;
  private final long link;
  private final Timer timer;

  /** Set before the first message is written; read by the threads that answer. */
  private volatile @Nullable Answers answers;

  /**
   * @param partition the partition of a node's address
   * @param from the header that says to which address an answer goes
   * @param link a random number
   */
  NodeOutlet(
      TopicWriter writer, ToIntFunction<byte[]> partition, Header from, long link, Timer timer) {
    this.writer = writer;
    this.partition = partition;
    this.from = from;
    this.link = link;
    this.timer = timer;
  }

  @Override
  public void answerTo(Answers newAnswers) {
    answers = newAnswers;
  }

  @Override
  public void write(long number, String address, byte[] body) throws NotSentException {
    byte[] key = WantedKeys.key(address);
    int to = partition.applyAsInt(key);
    if (address.equals(ALL)) {
      writer.send(to, key, body, List.of(), outcome -> one(number, outcome));
    } else {
      List<Header> headers = List.of(from, new Receipt(link, number).question());
      writer.send(to, key, body, headers, outcome -> written(number, outcome));
    }
  }

  private void written(long number, PublishOutcome outcome) {
    if (outcome instanceof PublishOutcome.Accepted) {
      timer.after(PATIENCE.toNanos(), () -> one(number, GONE));
    } else {
      one(number, outcome);
    }
  }

  /** A node has answered. On the reader's thread. */
  void answered(Receipt.Answered answered) {
    if (answered.receipt().link() == link) {
      one(
          answered.receipt().number(),
          switch (answered.answer()) {
            case TAKEN -> PublishOutcome.ACCEPTED;
            case FULL -> FULL;
          });
    }
  }

  /** Whatever comes second is ignored by the kit. */
  private void one(long number, PublishOutcome outcome) {
    Answers current = answers;
    if (current != null) {
      current.one(number, outcome);
    }
  }
}
