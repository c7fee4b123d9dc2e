package io.carillon.adapter.nats;

import io.carillon.adapter.kit.Occasion;
import io.carillon.message.Incarnation;
import io.carillon.message.Payload;
import io.carillon.message.PayloadReader;
import io.carillon.message.PayloadWriter;
import java.io.IOException;

/**
 * A question of the barrier between servers, and the answer to it.
 *
 * @param node the node that sends it
 * @param number the question's
 * @param occasion the question's
 * @param server the id of the server by which the sending node publishes
 * @param answerTo the subject of the answer; empty in an answer
 */
record Question(Incarnation node, long number, Occasion occasion, String server, String answerTo) {

  private static final int SUBSCRIBING = 0;
  private static final int JOINING = 1;

  byte[] encode() {
    return new PayloadWriter()
        .i64(node.high())
        .i64(node.low())
        .i64(number)
        .u8(occasion == Occasion.JOINING ? JOINING : SUBSCRIBING)
        .name(server)
        .name(answerTo)
        .bytes();
  }

  /** Fields that a later version has added are left unread. */
  static Question decode(byte[] body) throws IOException {
    PayloadReader in = new PayloadReader(Payload.of(Payload.Type.BINARY, body));
    return new Question(
        new Incarnation(in.i64(), in.i64()),
        in.i64(),
        in.u8() == JOINING ? Occasion.JOINING : Occasion.SUBSCRIBING,
        in.name(),
        in.name());
  }
}
