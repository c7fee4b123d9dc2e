package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.carillon.hub.Frame;
import io.carillon.message.Incarnation;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real sockets; some of the clients read slowly. */
class NativeSendTest {

  private static final int CLIENTS = 3;
  private static final int MESSAGES = 3_000;
  private static final int LARGE = 512 << 10;

  private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
  private MultiThreadIoEventLoopGroup group;
  private Channel server;
  private final DirectSend nativeSend = NativeSend.orNone();

  @BeforeEach
  void listen() throws InterruptedException {
    assumeTrue(Epoll.isAvailable(), "there is no native send here, and none is used");
    group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    server =
        new ServerBootstrap()
            .group(group)
            .channel(EpollServerSocketChannel.class)
            .childOption(ChannelOption.SO_SNDBUF, 8 << 10)
            .childHandler(
                new ChannelInboundHandlerAdapter() {
                  @Override
                  public boolean isSharable() {
                    return true;
                  }

                  @Override
                  public void handlerAdded(io.netty.channel.ChannelHandlerContext ctx) {
                    accepted.add(ctx.channel());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
  }

  @AfterEach
  void end() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(8 << 10);
    socket.connect(server.localAddress() instanceof InetSocketAddress address ? address : null);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private Channel channel() throws InterruptedException {
    Channel channel = accepted.poll(20, TimeUnit.SECONDS);
    assertThat(channel).isNotNull();
    return channel;
  }

  /** Counts the results of the sends. */
  private final class Counting implements DirectSend {
    int whole;
    int partial;

    @Override
    public int send(Channel channel, byte[] bytes, int length) {
      int sent = nativeSend.send(channel, bytes, length);
      if (sent == length) {
        whole++;
      } else if (sent > 0) {
        partial++;
      }
      return sent;
    }
  }

  @Test
  void everyClientGetsItsOwnBytesHoweverSlowlyItReads() throws Exception {
    long seed = RandomGenerator.getDefault().nextLong();
    System.out.println("NativeSendTest: seed " + seed);
    Counting counting = new Counting();
    Socket[] sockets = new Socket[CLIENTS];
    Channel[] channels = new Channel[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
      sockets[i] = connect();
      channels[i] = channel();
    }
    EventLoop eventLoop = channels[0].eventLoop();
    LoopContext context = context(eventLoop, counting);
    eventLoop.submit(() -> sendAll(context, channels, new Random(seed), 0)).sync();

    for (int i = 0; i < CLIENTS; i++) {
      DataInputStream in = new DataInputStream(sockets[i].getInputStream());
      for (int number = 0; number < MESSAGES; number++) {
        expectMessage(in, i, number);
      }
    }
    assertThat(counting.whole).as("whole sends").isPositive();
    assertThat(counting.partial).as("partial sends").isPositive();
  }

  private static LoopContext context(EventLoop eventLoop, DirectSend direct) {
    NettyLoop loop = new NettyLoop(eventLoop);
    TransportCounters counters = new TransportCounters();
    return new LoopContext(
        loop,
        new Heartbeat(loop, Duration.ofSeconds(25)),
        TransportConfig.DEFAULTS,
        new OutboundBudget(Long.MAX_VALUE),
        counters,
        counters.newTraffic(),
        direct,
        new Incarnation(1, 2));
  }

  /**
   * One to three messages for each client and turn, with a pause between the turns in which clients
   * read. The first two messages go alone: a socket takes the first as a whole, and only a part of
   * the second.
   */
  private static void sendAll(LoopContext context, Channel[] channels, Random random, int from) {
    Outbound[] outbounds = new Outbound[channels.length];
    for (int i = 0; i < channels.length; i++) {
      outbounds[i] = new Outbound(channels[i], context);
    }
    sendSome(context, outbounds, random, from);
  }

  private static void sendSome(LoopContext context, Outbound[] outbounds, Random random, int from) {
    int to = from < 2 ? from + 1 : Math.min(MESSAGES, from + 1 + random.nextInt(3));
    for (int client = 0; client < outbounds.length; client++) {
      for (int number = from; number < to; number++) {
        outbounds[client].add(message(client, number));
      }
      outbounds[client].sendAndForget();
    }
    if (to < MESSAGES) {
      context
          .loop()
          .schedule(
              () -> sendSome(context, outbounds, random, to),
              Duration.ofNanos(random.nextInt(50_000)));
    }
  }

  private static Frame message(int client, int number) {
    byte[] payload = new byte[number == 1 ? LARGE : 200 + number % 1000];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) (31 * client + 7 * number + i);
    }
    return Frame.binary(payload);
  }

  private static void expectMessage(DataInputStream in, int client, int number) throws IOException {
    byte[] expected = message(client, number).bytes();
    assertThat(in.readNBytes(expected.length))
        .as("message %d of client %d", number, client)
        .isEqualTo(expected);
  }

  @Test
  void takesNothingForASocketThatIsClosedOrWhoseClientIsGone() throws Exception {
    Socket client = connect();
    Channel channel = channel();
    byte[] bytes = {1, 2, 3};
    assertThat(onLoop(channel, bytes)).isEqualTo(3);

    client.setSoLinger(true, 0);
    client.close();
    channel.closeFuture().await(20, TimeUnit.SECONDS);
    assertThat(onLoop(channel, bytes)).isZero();
  }

  private int onLoop(Channel channel, byte[] bytes) throws Exception {
    return group.submit(() -> nativeSend.send(channel, bytes, bytes.length)).get();
  }
}
