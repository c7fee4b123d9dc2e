package io.carillon.server.transport;

import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoutes;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A port beside the node's own, for plain requests of a few clients that may take some time to
 * answer. One thread does all of it. It has the same limits as the node's own port: on connections,
 * on the size of a request, and on the time for a request.
 */
public final class HttpListener implements AutoCloseable {

  private static final int MAX_CONNECTIONS = 64;

  /**
   * An answer fits below this mark, so that an answer that the client reads slowly is not cut off.
   */
  private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(1 << 20, 2 << 20);

  private final EventLoopGroup loop;
  private final ConnectionCounter sockets = new ConnectionCounter(MAX_CONNECTIONS);

  /** Does not count the node's clients. */
  private final HttpContext context =
      HttpContext.of(TransportConfig.DEFAULTS, new TransportCounters(), new ConnectionCounter(1));

  /** Set by the thread that starts the node, read by the one that stops it. */
  private volatile @Nullable Channel listener;

  /**
   * @param thread the thread's name
   */
  public HttpListener(String thread) {
    this.loop =
        new MultiThreadIoEventLoopGroup(
            1,
            (ThreadFactory) task -> new FastThreadLocalThread(task, thread),
            NioIoHandler.newFactory());
  }

  /**
   * Opens the port and answers from now on.
   *
   * @param routes the routes; called by this listener's thread, and may take some time. None of
   *     them may hold a request or ask for a part of the hub, because this port has no clients
   * @return the address of the listener
   * @throws IOException if the address can't be used; the message says which and why
   */
  public InetSocketAddress listen(String host, int port, HttpRoutes routes) throws IOException {
    Gatekeeper gatekeeper = new PlainOnly(routes);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel, gatekeeper);
                  }
                });
    Channel bound = Transport.bind(bootstrap, host, port);
    listener = bound;
    return (InetSocketAddress) bound.localAddress();
  }

  private void accept(Channel channel, Gatekeeper gatekeeper) {
    if (sockets.isFull()) {
      context.kept().closeOldest();
    }
    if (!sockets.tryAdd()) {
      channel.close();
      return;
    }
    channel.closeFuture().addListener(sockets.removal());
    HttpPipeline.begin(channel, gatekeeper, context, (ctx, request, welcome) -> ctx.close());
  }

  /** Closes the port and ends the thread. Idempotent. */
  @Override
  public void close() {
    Channel bound = listener;
    if (bound != null) {
      bound.close().awaitUninterruptibly();
    }
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }

  /** Serves no WebSockets. */
  private record PlainOnly(HttpRoutes routes) implements Gatekeeper {
    @Override
    public Optional<HttpReply> refusal() {
      return Optional.of(HttpReply.text(404, "No protocol is served here.\n"));
    }

    @Override
    public Optional<Protocol> protocol(Handshake handshake) {
      return Optional.empty();
    }
  }
}
