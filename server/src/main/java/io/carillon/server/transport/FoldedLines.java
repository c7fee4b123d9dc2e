package io.carillon.server.transport;

import io.carillon.http.HttpReply;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Refuses requests with a header line that begins with a space or a tab. Netty takes such a line
 * for the end of the line before it (RFC 9112 section 5.2), and other servers take it for a header
 * of its own; so a request could have two lengths. Belongs to one connection's {@link
 * RequestDecoder}, which decodes at most one head, or a part of it, or a part of a body at a time.
 */
final class FoldedLines {

  /** The last byte that was read of this head ended a line. */
  private boolean atLineStart;

  private boolean found;
  private boolean inBody;

  /**
   * Looks at the bytes that the decoder has read.
   *
   * @param in the decoder's input, read up to its reader index
   * @param from where the decoder began
   * @param out the decoder's output so far
   */
  void look(ByteBuf in, int from, List<Object> out) {
    if (!inBody) {
      scan(in, from);
    }
    for (Object part : out) {
      if (part instanceof HttpMessage message) {
        inBody = true;
        refuse(message);
      }
      if (part instanceof LastHttpContent) {
        inBody = false;
        atLineStart = false;
      }
    }
  }

  private void scan(ByteBuf in, int from) {
    int end = in.readerIndex();
    int at = from;
    while (at < end && !found) {
      found = atLineStart && isBlank(in.getByte(at));
      int line = in.indexOf(at, end, (byte) '\n');
      atLineStart = line >= 0;
      at = line < 0 ? end : line + 1;
    }
  }

  private static boolean isBlank(byte first) {
    return first == ' ' || first == '\t';
  }

  private void refuse(HttpMessage message) {
    if (found && !message.decoderResult().isFailure()) {
      message.setDecoderResult(
          DecoderResult.failure(
              new RequestRefusedException(
                  HttpReply.text(400, "A header goes on in a second line (expected: in one).\n"))));
    }
    found = false;
  }
}
