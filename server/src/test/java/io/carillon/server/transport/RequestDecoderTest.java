package io.carillon.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.server.transport.RequestDecoderTest.Reader.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connection that stops speaking HTTP after a request that had to wait. */
class RequestDecoderTest {

  private final RequestDecoder decoder = new RequestDecoder(new HttpDecoderConfig());
  private final List<String> read = new ArrayList<>();

  /** Answers later, and removes the decoder at /session. */
  final class Reader extends ChannelInboundHandlerAdapter {

    /** The first action of the session that begins. */
    enum Session {
      READS,
      PAUSES
    }

    private final Session session;

    Reader(Session session) {
      this.session = session;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof HttpRequest request) {
        read.add(request.uri());
        begin(ctx, request.uri());
      } else if (message instanceof ByteBuf bytes) {
        read.add(bytes.toString(ISO_8859_1));
      }
      ReferenceCountUtil.release(message);
    }

    private void begin(ChannelHandlerContext ctx, String path) {
      if (!path.equals("/session")) {
        decoder.hold();
        return;
      }
      ctx.pipeline().remove(decoder);
      if (session == Session.PAUSES) {
        ctx.channel().config().setAutoRead(false);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesTheSocketToWhoComesAfterIt(Session session) throws Exception {
    Reader reader = new Reader(session);
    EmbeddedChannel socket = new EmbeddedChannel(decoder, reader);
    String requests = "GET /one HTTP/1.1\r\n\r\nGET /session HTTP/1.1\r\n\r\nframes";
    socket.writeInbound(Unpooled.copiedBuffer(requests, ISO_8859_1));
    assertThat(read).containsExactly("/one");
    assertThat(socket.config().isAutoRead()).isFalse();
    decoder.goOn(socket.pipeline().context(reader));
    assertThat(read).containsExactly("/one", "/session", "frames");
    assertThat(socket.config().isAutoRead()).isEqualTo(session == Session.READS);
    socket.finishAndReleaseAll();
  }
}
