package io.carillon.server.transport;

import io.carillon.http.ClientAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Checks whether a connection begins with the PROXY protocol, as it has to or must not. It leaves
 * the pipeline if so, and closes the connection if not, at the first byte that decides. Runs on the
 * connection's event loop; the deadline of {@link HttpRouter} limits the time for the first bytes.
 */
final class ProxyHeaderCheck extends ByteToMessageDecoder {

  /** Which connections pass. */
  enum Expectation {
    /** Those with a header: the other end is a trusted proxy. */
    HEADER(ProxyFault.MISSING),
    /** Those without. */
    NO_HEADER(ProxyFault.UNTRUSTED);

    private final ProxyFault otherwise;

    Expectation(ProxyFault otherwise) {
      this.otherwise = otherwise;
    }
  }

  private final Expectation expectation;
  private final ClientAddress peer;
  private final ProxyWarnings warnings;
  private boolean refused;

  ProxyHeaderCheck(Expectation expectation, ClientAddress peer, ProxyWarnings warnings) {
    this.expectation = expectation;
    this.peer = peer;
    this.warnings = warnings;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (refused) {
      in.skipBytes(in.readableBytes());
    } else if (Opening.PROXY_1.begins(in) || Opening.PROXY_2.begins(in)) {
      decide(ctx, in, Expectation.HEADER);
    } else if (!Opening.PROXY_1.mayBegin(in) && !Opening.PROXY_2.mayBegin(in)) {
      decide(ctx, in, Expectation.NO_HEADER);
    }
  }

  private void decide(ChannelHandlerContext ctx, ByteBuf in, Expectation found) {
    if (found == expectation) {
      ctx.pipeline().remove(this);
      return;
    }
    refused = true;
    in.skipBytes(in.readableBytes());
    warnings.add(expectation.otherwise, peer);
    SocketEnd.cut(ctx.channel());
  }
}
