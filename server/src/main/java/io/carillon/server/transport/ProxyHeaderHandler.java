package io.carillon.server.transport;

import io.carillon.http.ClientAddress;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the PROXY protocol says of a trusted proxy's connection, and leaves the pipeline. If
 * the header can't be read, it closes the connection. Runs on the connection's event loop; the
 * deadline of {@link HttpRouter} limits the time for the header.
 */
final class ProxyHeaderHandler extends ChannelInboundHandlerAdapter {

  private final ClientAddress proxy;
  private final ProxyWarnings warnings;
  private boolean refused;

  ProxyHeaderHandler(ClientAddress proxy, ProxyWarnings warnings) {
    this.proxy = proxy;
    this.warnings = warnings;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HAProxyMessage header) {
      try {
        ctx.channel().attr(ProxiedSource.KEY).set(sourceOf(header));
      } finally {
        header.release();
      }
      ctx.pipeline().remove(this);
    } else {
      ctx.fireChannelRead(message);
    }
  }

  /** A health check of the proxy itself has the command LOCAL, and so the proxy's own address. */
  private ProxiedSource sourceOf(HAProxyMessage header) {
    Optional<ClientAddress> said =
        header.command() == HAProxyCommand.PROXY
            ? addressOf(header.proxiedProtocol().addressFamily(), header.sourceAddress())
            : Optional.empty();
    return said.map(address -> new ProxiedSource(address, ProxiedSource.Kind.CONNECTION))
        .orElseGet(() -> new ProxiedSource(proxy, ProxiedSource.Kind.UNSPECIFIED));
  }

  private static Optional<ClientAddress> addressOf(AddressFamily family, @Nullable String text) {
    return switch (family) {
      case AF_IPv4, AF_IPv6 -> text == null ? Optional.empty() : ClientAddress.parse(text);
      case AF_UNIX, AF_UNSPEC -> Optional.empty();
    };
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof DecoderException)) {
      ctx.fireExceptionCaught(cause);
      return;
    }
    if (!refused) {
      refused = true;
      warnings.add(ProxyFault.MALFORMED, proxy);
    }
    SocketEnd.cut(ctx.channel());
  }
}
