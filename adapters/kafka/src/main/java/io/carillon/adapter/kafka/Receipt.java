package io.carillon.adapter.kafka;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Names one message for one node, so that this node can answer whether it has taken the message.
 * Kafka itself knows nothing of nodes.
 *
 * @param link the sender's link, a random number: a later link counts its messages anew
 * @param number the number of the message
 */
record Receipt(long link, long number) {

  private static final String ASKED = "ask";
  private static final String ANSWER = "answer";
  private static final int LENGTH = 2 * Long.BYTES;

  /** The answers of a node. */
  enum Answer {
    /** The message is in the node's mailbox. */
    TAKEN(0),
    /** The node has no room for it. */
    FULL(1);

    private final byte code;

    Answer(int code) {
      this.code = (byte) code;
    }
  }

  /** The header that asks for an answer. */
  Header question() {
    return new RecordHeader(ASKED, write(ByteBuffer.allocate(LENGTH)).array());
  }

  /** The header of the answer. */
  Header answer(Answer answer) {
    return new RecordHeader(
        ANSWER, write(ByteBuffer.allocate(LENGTH + 1)).put(answer.code).array());
  }

  private ByteBuffer write(ByteBuffer to) {
    return to.putLong(link).putLong(number);
  }

  /** The receipt for which a record asks; empty if it asks for none. */
  static Optional<Receipt> asked(Headers headers) {
    return value(headers, ASKED, LENGTH).map(Receipt::read);
  }

  /** Reads the answer that a record holds; empty if the record holds none. */
  static Optional<Answered> answered(Headers headers) {
    return value(headers, ANSWER, LENGTH + 1)
        .map(
            value ->
                new Answered(
                    read(value), value.get() == Answer.TAKEN.code ? Answer.TAKEN : Answer.FULL));
  }

  private static Optional<ByteBuffer> value(Headers headers, String name, int length) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null || header.value().length != length
        ? Optional.empty()
        : Optional.of(ByteBuffer.wrap(header.value()));
  }

  private static Receipt read(ByteBuffer from) {
    return new Receipt(from.getLong(), from.getLong());
  }

  /** An answer and the message that it is for. */
  record Answered(Receipt receipt, Answer answer) {}
}
