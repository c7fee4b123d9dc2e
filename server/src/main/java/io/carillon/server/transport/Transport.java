package io.carillon.server.transport;

import io.carillon.hub.Hub;
import io.carillon.hub.HubShard;
import io.carillon.hub.Loop;
import io.carillon.message.Incarnation;
import io.carillon.protocol.Answer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's sockets: event loops, the listener, and the way of a connection from its acceptance
 * through HTTP to a WebSocket session. Epoll where the platform has it, NIO elsewhere.
 *
 * <p>It is made first, for its {@link #loops}; the hub is made with those loops; then {@link
 * #listen} is called.
 */
public final class Transport implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Transport.class);

  /** Connections beyond the limit on clients that may speak plain HTTP: health checks, refusals. */
  private static final int HTTP_RESERVE = 1024;

  private static final int BACKLOG = 4096;

  private final TransportConfig config;
  private final @Nullable TlsThreads tls;
  private final EventLoopGroup acceptor;
  private final EventLoopGroup workers;
  private final List<LoopContext> loops = new ArrayList<>();
  private final ConnectionCounter clients;
  private final ConnectionCounter sockets;
  private final OutboundBudget budget;

  /** The shared state of the HTTP connections of each loop, in the order of the loops. */
  private final List<HttpContext> contexts = new ArrayList<>();

  private final KeptEviction eviction;
  private final TransportCounters counters = new TransportCounters();
  private final AtomicLong connectionNumbers = new AtomicLong();

  /** Set by the thread that starts the node, read by the one that stops it. */
  private volatile @Nullable Channel listener;

  /** A transport without TLS. */
  public Transport(TransportConfig config, Incarnation node, int threads) {
    this(config, null, node, threads);
  }

  /**
   * @param tls the certificate; null for plain sockets
   * @param threads how many event loops
   */
  public Transport(TransportConfig config, @Nullable TlsFiles tls, Incarnation node, int threads) {
    this.config = config;
    this.tls = tls == null ? null : new TlsThreads(tls, threads);
    this.clients = new ConnectionCounter(config.maxConnections());
    this.budget = new OutboundBudget(config.maxTotalOutboundBytes());
    this.sockets = new ConnectionCounter(Math.addExact(config.maxConnections(), HTTP_RESERVE));
    IoHandlerFactory io = config.io().handlers();
    this.acceptor = new MultiThreadIoEventLoopGroup(1, threads("carillon-accept"), io);
    this.workers = new MultiThreadIoEventLoopGroup(threads, threads("carillon-loop"), io);
    HttpContext http = HttpContext.of(config, counters, clients, tls == null ? "http" : "https");
    DirectSend direct = tls == null ? config.io().direct() : DirectSend.NONE;
    for (EventExecutor executor : workers) {
      NettyLoop loop = new NettyLoop((EventLoop) executor);
      Heartbeat heartbeat = new Heartbeat(loop, config.heartbeat());
      loops.add(
          new LoopContext(
              loop, heartbeat, config, budget, counters, counters.newTraffic(), direct, node));
      contexts.add(http.ofAnotherLoop());
    }
    this.eviction = new KeptEviction(keptOfLoops(), sockets);
  }

  private List<KeptEviction.OfLoop> keptOfLoops() {
    return IntStream.range(0, loops.size())
        .mapToObj(i -> new KeptEviction.OfLoop(loops.get(i).loop(), contexts.get(i).kept()))
        .toList();
  }

  private static ThreadFactory threads(String prefix) {
    AtomicLong number = new AtomicLong();
    return task -> new FastThreadLocalThread(task, prefix + "-" + number.getAndIncrement());
  }

  /** The loops, for the hub. */
  public List<Loop> loops() {
    return loops.stream().map(context -> (Loop) context.loop()).toList();
  }

  /** WebSocket connections now. */
  public int clients() {
    return clients.count();
  }

  /** The state of this transport, and its counters so far. Any thread. */
  public TransportStats stats() {
    return counters.stats(
        clients.count(),
        config.maxConnections(),
        budget.bytes(),
        config.maxTotalOutboundBytes(),
        sockets.refused());
  }

  /** Whether the node has no place for another client. */
  public boolean isFull() {
    return clients.isFull();
  }

  /** Why the platform's native transport can't be used; empty if it can. */
  public static Optional<String> whyNotNative() {
    return Optional.ofNullable(Epoll.unavailabilityCause())
        .map(cause -> cause.toString().lines().findFirst().orElse(""));
  }

  /**
   * Opens the port and accepts clients.
   *
   * @return the address of the listener
   * @throws IOException if the address or the certificate can't be used; the message says which and
   *     why
   */
  public InetSocketAddress listen(Hub hub, Gatekeeper gatekeeper) throws IOException {
    TlsListener certificate = tls == null ? null : tls.start();
    List<HttpContext> served =
        IntStream.range(0, contexts.size())
            .mapToObj(i -> contexts.get(i).on(hub.shards().get(i)))
            .toList();
    loops.forEach(context -> context.loop().execute(context.heartbeat()::start));
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptor, workers)
            .channel(config.io().listener())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, new SharedReceive())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel, certificate, served, gatekeeper);
                  }
                });
    Channel channel = bind(bootstrap, config.host(), config.port());
    listener = channel;
    return (InetSocketAddress) channel.localAddress();
  }

  private static String whyNot(@Nullable Throwable cause) {
    String message = cause == null ? "" : String.valueOf(cause.getMessage());
    if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
      return "there is no such address (expected: one of this machine's, or 0.0.0.0)";
    }
    if (message.endsWith("Address already in use")) {
      return "the port is in use; give another, or stop what listens there";
    }
    return message;
  }

  static Channel bind(ServerBootstrap bootstrap, String host, int port) throws IOException {
    ChannelFuture bound = bootstrap.bind(host, port).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      Throwable cause = bound.cause();
      throw new IOException(
          "Cannot listen on " + new ListenAddress(host, port) + ": " + whyNot(cause), cause);
    }
    return bound.channel();
  }

  private void accept(
      Channel channel,
      @Nullable TlsListener certificate,
      List<HttpContext> served,
      Gatekeeper gatekeeper) {
    int index = currentLoop();
    if (sockets.isFull()) {
      eviction.makeRoom(index);
    }
    if (!sockets.tryAdd()) {
      channel.close();
      return;
    }
    channel.closeFuture().addListener(sockets.removal());
    HttpContext context = served.get(index);
    context.arrivals().proxyProtocol().begin(channel);
    if (certificate != null) {
      channel.pipeline().addLast(certificate.newHandler(channel.alloc()));
    }
    HttpPipeline.begin(
        channel,
        gatekeeper,
        context,
        (ctx, request, welcome) ->
            upgrade(ctx, request, welcome, Objects.requireNonNull(context.shard())));
  }

  /**
   * Answers the handshake, replaces the HTTP handlers by the connection's own and opens the
   * session. The decoder hands on the bytes that the client has sent after its handshake when it is
   * removed; the connection keeps them for the session.
   */
  private void upgrade(
      ChannelHandlerContext ctx, FullHttpRequest request, Answer.Welcome welcome, HubShard shard) {
    Channel channel = ctx.channel();
    int index = currentLoop();
    WebSocketConnection connection =
        new WebSocketConnection(channel, loops.get(index), connectionNumbers.incrementAndGet());
    if (log.isDebugEnabled()) {
      log.debug(
          "Connection {} is of {}",
          connection.id(),
          contexts.get(index).arrivals().addresses().of(channel, request.headers()));
    }
    ctx.writeAndFlush(WebSocketHandshake.accept(request, welcome.subprotocol()));
    ctx.pipeline().addLast(connection);
    ctx.pipeline().remove(ctx.handler());
    ctx.pipeline().remove(HttpIntake.class);
    ctx.pipeline().remove(HttpResponseEncoder.class);
    ctx.pipeline().remove(RequestDecoder.class);
    if (channel.hasAttr(ProxiedSource.KEY)) {
      channel.attr(ProxiedSource.KEY).set(null);
    }
    connection.begin(welcome.opening().open(connection, shard));
  }

  /** The number of the calling thread's loop, which is the connection's loop. */
  private int currentLoop() {
    for (int i = 0; i < loops.size(); i++) {
      if (loops.get(i).loop().inLoop()) {
        return i;
      }
    }
    throw new IllegalStateException("not on an event loop: " + Thread.currentThread());
  }

  /**
   * From now on every HTTP answer is its connection's last, so that clients with kept connections
   * look for another node. Any thread.
   */
  public void stopKeeping() {
    contexts.forEach(context -> context.keepAlive().end());
  }

  /** Closes the HTTP connections that wait for a next request, after their answers. Any thread. */
  public void closeKept() {
    for (int i = 0; i < loops.size(); i++) {
      loops.get(i).loop().execute(contexts.get(i).kept()::closeAll);
    }
  }

  /** Stops accepting. Existing connections stay. Idempotent. */
  public void stopListening() {
    Channel bound = listener;
    if (bound != null) {
      bound.close().awaitUninterruptibly();
    }
  }

  /**
   * Closes every client in its protocol's way, requests that are held open included, spread evenly
   * over a window so that they don't all come back somewhere at once.
   *
   * @return completes when all are gone
   */
  public CompletableFuture<Void> closeClients(Duration window) {
    return CompletableFuture.allOf(
        IntStream.range(0, loops.size())
            .mapToObj(i -> new PacedClose(loops.get(i).loop(), window).start(() -> clientsOf(i)))
            .toArray(CompletableFuture<?>[]::new));
  }

  /** Those of a loop that are to be closed; from now on it holds no request open. */
  private List<Leaving> clientsOf(int loop) {
    return Stream.<Leaving>concat(
            loops.get(loop).heartbeat().all().stream(), contexts.get(loop).held().close().stream())
        .toList();
  }

  /** Ends the loops and with them every remaining connection. Idempotent. */
  @Override
  public void close() {
    stopListening();
    acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    if (tls != null) {
      tls.close();
    }
  }
}
