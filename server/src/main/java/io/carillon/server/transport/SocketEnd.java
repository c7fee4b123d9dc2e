package io.carillon.server.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How sockets end, with and without TLS. On the connection's event loop. */
final class SocketEnd {

  private SocketEnd() {}

  /**
   * Nothing more will be sent; what the client still sends can be read. Over TLS its goodbye goes
   * first, or the client would think that somebody has cut the connection.
   */
  static void shutDownOutput(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      ((DuplexChannel) channel).shutdownOutput();
    } else {
      tls.closeOutbound().addListener(sent -> ((DuplexChannel) channel).shutdownOutput());
    }
  }

  /** Ends it now: TLS would wait for a client to take its goodbye that takes nothing any more. */
  static void cut(Channel channel) {
    ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
    if (tls == null) {
      channel.close();
    } else {
      tls.close();
    }
  }

  /** What the network or the client did; null for everything that is our own bug. */
  static @Nullable String lossOf(Throwable failure) {
    Throwable cause =
        failure instanceof DecoderException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return switch (cause) {
      case NotSslRecordException e -> "plain text where TLS is spoken"; // Its message quotes it.
      case IOException e -> e.toString();
      default -> null;
    };
  }
}
