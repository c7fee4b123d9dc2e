package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.NotSentException;
import io.carillon.message.Incarnation;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Takes the records of a lane between nodes: passes messages for all and for this node on, answers
 * the senders of the latter, and hands answers to the lane's outlet. On the reader's thread.
 */
final class NodeInbox implements Reader.Handler {

  private static final String FROM = "from";
  private static final byte[] NOTHING = {};

  private final ByteBuffer all = ByteBuffer.wrap(WantedKeys.key(NodeOutlet.ALL));
  private final ByteBuffer own;
  private final Predicate<byte[]> intake;
  private final TopicWriter writer;
  private final ToIntFunction<byte[]> partition;
  private final NodeOutlet outlet;
  private final Consumer<String> lost;

  /**
   * @param intake takes a message; false if there is no room for it
   * @param writer writes answers
   * @param partition the partition of a node's address
   * @param lost receives the reason if an answer can't be written
   */
  NodeInbox(
      Incarnation node,
      Predicate<byte[]> intake,
      TopicWriter writer,
      ToIntFunction<byte[]> partition,
      NodeOutlet outlet,
      Consumer<String> lost) {
    this.own = ByteBuffer.wrap(WantedKeys.key(node.toString()));
    this.intake = intake;
    this.writer = writer;
    this.partition = partition;
    this.outlet = outlet;
    this.lost = lost;
  }

  /** The header that says to which address an answer goes. */
  static Header from(Incarnation node) {
    return new RecordHeader(FROM, WantedKeys.key(node.toString()));
  }

  @Override
  public void handle(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    ByteBuffer key = record.key();
    if (all.equals(key)) {
      var _ = intake.test(Reader.bytes(record.value()));
    } else if (own.equals(key)) {
      Receipt.answered(record.headers())
          .ifPresentOrElse(outlet::answered, () -> takeAndAnswer(record));
    }
  }

  private void takeAndAnswer(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    Receipt.Answer answer =
        intake.test(Reader.bytes(record.value())) ? Receipt.Answer.TAKEN : Receipt.Answer.FULL;
    Header from = record.headers().lastHeader(FROM);
    if (from != null && from.value() != null) {
      Receipt.asked(record.headers()).ifPresent(asked -> send(from.value(), asked.answer(answer)));
    }
  }

  private void send(byte[] to, Header answer) {
    try {
      writer.send(partition.applyAsInt(to), to, NOTHING, List.of(answer), outcome -> {});
    } catch (NotSentException e) {
      lost.accept(Failures.reason(e));
    }
  }
}
