package io.carillon.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.Optional;

/**
 * Reads one connection's requests, and stops while an answer is under way: later input stays bytes,
 * and the socket is not read. So TCP slows down a client that sends requests faster than they are
 * answered, however many they are. Runs on the connection's event loop.
 *
 * <p>The decoder goes on reading the socket while no input waits: most clients send nothing before
 * they are answered, and to stop and start costs two system calls.
 *
 * <p>If a part of a request has arrived, {@link RequestBegun} tells the handlers after this one.
 * Empty lines before a request don't belong to it (RFC 9112 section 2.2).
 */
final class RequestDecoder extends HttpRequestDecoder {

  private boolean held;

  /** No byte has arrived yet. */
  private boolean fresh = true;

  /** The first bytes were not HTTP, so all later bytes are discarded. */
  private boolean notHttp;

  private final FoldedLines folded = new FoldedLines();

  /** A request's first line has arrived, and its end has not. */
  private boolean inRequest;

  RequestDecoder(HttpDecoderConfig limits) {
    super(limits);
  }

  /** Reads nothing more until {@link #goOn}. */
  void hold() {
    held = true;
  }

  /** Reads the waiting bytes, and then the socket. Not called while it decodes. */
  void goOn(ChannelHandlerContext any) throws Exception {
    held = false;
    ChannelHandlerContext own = any.pipeline().context(this);
    if (own != null && actualReadableBytes() > 0) {
      channelRead(own, Unpooled.EMPTY_BUFFER);
    }
    if (own != null && !own.isRemoved() && !held) {
      read(own);
      tellOfBeginning(own);
    }
  }

  private void tellOfBeginning(ChannelHandlerContext ctx) {
    if (inRequest || actualReadableBytes() > 0) {
      ctx.fireUserEventTriggered(RequestBegun.EVENT);
    }
  }

  private static void read(ChannelHandlerContext ctx) {
    if (!ctx.channel().config().isAutoRead()) {
      ctx.channel().config().setAutoRead(true);
    }
  }

  /**
   * A decoder that decodes nothing asks for more by itself, which it must not do while it is held.
   */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    if (held) {
      ctx.fireChannelReadComplete();
    } else {
      tellOfBeginning(ctx);
      super.channelReadComplete(ctx);
    }
  }

  /**
   * The next handler, on a connection that no longer speaks HTTP, finds a socket that is being
   * read.
   */
  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
    super.handlerRemoved0(ctx);
    if (ctx.channel().isActive()) {
      read(ctx);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (held) {
      ctx.channel().config().setAutoRead(false);
    } else if (notHttp) {
      in.skipBytes(in.readableBytes());
    } else if (!isNotHttp(in, out)) {
      int from = in.readerIndex();
      super.decode(ctx, in, out);
      folded.look(in, from, out);
      inRequest &= out.isEmpty() || !(out.get(out.size() - 1) instanceof LastHttpContent);
    }
  }

  private boolean isNotHttp(ByteBuf in, List<Object> out) {
    Optional<Opening> opening = fresh ? Opening.of(in) : Optional.empty();
    fresh = false;
    opening.ifPresent(
        spoken -> {
          notHttp = true;
          in.skipBytes(in.readableBytes());
          HttpMessage none = createInvalidMessage();
          none.setDecoderResult(DecoderResult.failure(new NotHttpException(spoken)));
          out.add(none);
        });
    return notHttp;
  }

  @Override
  protected HttpMessage createMessage(String[] initialLine) throws Exception {
    inRequest = true;
    return super.createMessage(initialLine);
  }

  /** Both lengths stay, so that {@link HeadRules} can refuse them. */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {}
}
