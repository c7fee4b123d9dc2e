package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.Answers;
import io.carillon.adapter.kit.NotSentException;
import io.carillon.adapter.kit.Outlet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes publications: a channel's records go to one partition, which gives them one order. */
final class PublicationOutlet implements Outlet {

  private final TopicWriter writer;
  private final int partitions;

  /** Set before the first message is written; read by the producer's thread. */
  private volatile @Nullable Answers answers;

  PublicationOutlet(TopicWriter writer, int partitions) {
    this.writer = writer;
    this.partitions = partitions;
  }

  @Override
  public void answerTo(Answers newAnswers) {
    answers = newAnswers;
  }

  @Override
  public void write(long number, String address, byte[] body) throws NotSentException {
    byte[] key = WantedKeys.key(address);
    writer.send(
        Partitioning.of(key, partitions),
        key,
        body,
        List.of(),
        outcome -> {
          Answers current = answers;
          if (current != null) {
            current.one(number, outcome);
          }
        });
  }
}
