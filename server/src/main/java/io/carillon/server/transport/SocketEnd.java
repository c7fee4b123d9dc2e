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
   * Nothing more will be sent; later bytes of the client can still be read. Over TLS a close_notify
   * goes first, or the client would take the end for an attack.
   */
  static void shutDownOutput(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      ((DuplexChannel) channel).shutdownOutput();
    } else {
      tls.closeOutbound().addListener(sent -> ((DuplexChannel) channel).shutdownOutput());
    }
  }

  /**
   * Ends the connection now: TLS would wait for a client that no longer reads to take its
   * close_notify.
   */
  static void cut(Channel channel) {
    ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
    if (tls == null) {
      channel.close();
    } else {
      tls.close();
    }
  }

  /** The failure of the network or the client; null for every bug of this project. */
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
