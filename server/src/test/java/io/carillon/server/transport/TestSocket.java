package io.carillon.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DuplexChannel;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** A socket without a network: it counts writes, can be stalled, and its clock is the test's. */
final class TestSocket extends EmbeddedChannel implements DuplexChannel {

  private boolean outputShutdown;
  private boolean stalled;
  private int writes;

  TestSocket() {
    freezeTime();
    pipeline()
        .addLast(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                writes++;
                ctx.write(message, promise);
              }
            });
  }

  /** How many writes there were. */
  int writes() {
    return writes;
  }

  /** From now on the client reads nothing. */
  void stall() {
    stalled = true;
  }

  /** The client reads everything again. */
  void unstall() {
    stalled = false;
    flush();
  }

  /** How many bytes were written and not taken by the client; what Netty counts, roughly. */
  long unsentBytes() {
    ChannelOutboundBuffer unsent = unsafe().outboundBuffer();
    return unsent == null ? 0 : unsent.totalPendingWriteBytes();
  }

  /** The bytes that were sent since the last call, in hexadecimal digits. */
  String sent() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (ByteBuf next = readOutbound(); next != null; next = readOutbound()) {
      byte[] bytes = new byte[next.readableBytes()];
      next.readBytes(bytes);
      next.release();
      out.writeBytes(bytes);
    }
    return HexFormat.of().formatHex(out.toByteArray());
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer in) throws Exception {
    if (!stalled) {
      super.doWrite(in);
    }
  }

  @Override
  public boolean isInputShutdown() {
    return false;
  }

  @Override
  public ChannelFuture shutdownInput() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOutputShutdown() {
    return outputShutdown;
  }

  @Override
  public ChannelFuture shutdownOutput() {
    return shutdownOutput(newPromise());
  }

  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    outputShutdown = true;
    return promise.setSuccess();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public ChannelFuture shutdown() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    throw new UnsupportedOperationException();
  }
}
