package io.carillon.view;

import io.carillon.message.Payload;
import io.carillon.message.PayloadReader;
import io.carillon.message.PayloadWriter;
import java.io.IOException;

/**
 * A part of a node's slice, on its way to a node that has asked for it.
 *
 * @param request what the node that asked calls this snapshot
 * @param version the slice's version when the first piece was made
 * @param index the piece's place in the snapshot, from 0
 * @param isLast whether it is the last piece
 * @param told the version whose delta is the last that this piece contains
 * @param entries the part itself
 */
record Piece(
    long request, long version, int index, boolean isLast, long told, PayloadReader entries) {

  static final String TYPE = "view.piece";

  static Payload encode(
      long request, long version, int index, boolean isLast, long told, PayloadWriter entries) {
    return new PayloadWriter()
        .i64(request)
        .i64(version)
        .i32(index)
        .u8(isLast ? 1 : 0)
        .i64(told)
        .block(entries.bytes())
        .payload();
  }

  static Piece decode(Payload payload) throws IOException {
    PayloadReader in = new PayloadReader(payload);
    return new Piece(in.i64(), in.i64(), in.i32(), in.u8() == 1, in.i64(), in.block());
  }
}
