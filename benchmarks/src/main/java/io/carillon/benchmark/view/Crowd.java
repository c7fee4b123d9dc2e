package io.carillon.benchmark.view;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The clients of a join storm, spread over the nodes, on the caller's thread. All of them connect
 * first; the storm begins when they subscribe.
 */
final class Crowd implements AutoCloseable {

  private static final int AT_ONCE = 200;
  private static final int RECEIVE_BUFFER = 256 << 10;
  private static final long PAUSE_MILLIS = 10;

  /** A client's socket. */
  private record Place(SocketChannel channel, MemberClient client) {}

  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
  private final List<Place> places = new ArrayList<>();
  private final App app;
  private final int size;
  private int greeted;
  private int joined;
  private int complete;
  private long known;
  private long removed;
  private long bytes;

  Crowd(App app, int size) throws IOException {
    this.app = app;
    this.size = size;
  }

  /** Connects the clients to the nodes in turn, and waits until the nodes have greeted them. */
  void connect(List<Integer> ports) throws IOException {
    while (greeted < size) {
      while (places.size() < size && places.size() - greeted < AT_ONCE) {
        connect(places.size(), ports.get(places.size() % ports.size()));
      }
      turn();
    }
  }

  private void connect(int number, int port) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.write(ByteBuffer.wrap(app.handshake().getBytes(US_ASCII)));
    channel.configureBlocking(false);
    MemberClient client = new MemberClient(number);
    channel.register(selector, SelectionKey.OP_READ, client);
    places.add(new Place(channel, client));
  }

  /** All clients subscribe to the channel. */
  void subscribe(String channel) throws IOException {
    List<ByteBuffer> frames = new ArrayList<>();
    for (Place place : places) {
      frames.add(
          app.subscribe(channel, place.client().socketId(), "user-" + place.client().number()));
    }
    for (int i = 0; i < size; i++) {
      places.get(i).channel().write(frames.get(i));
    }
  }

  /** Reads until a condition holds. */
  void readUntil(BooleanSupplier done) throws IOException {
    while (!done.getAsBoolean()) {
      turn();
    }
  }

  private void turn() throws IOException {
    List<IOException> failures = new ArrayList<>();
    selector.select(
        key -> {
          try {
            read((SocketChannel) key.channel(), (MemberClient) key.attachment());
          } catch (IOException e) {
            failures.add(e);
          }
        },
        PAUSE_MILLIS);
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  private void read(SocketChannel channel, MemberClient client) throws IOException {
    buffer.clear();
    int length = channel.read(buffer);
    if (length < 0) {
      throw new IOException("client " + client.number() + ": the node has hung up");
    }
    bytes += length;
    boolean wasGreeted = !client.socketId().isEmpty();
    int before = client.known();
    int removedBefore = client.removed();
    client.take(buffer.flip());
    greeted += wasGreeted || client.socketId().isEmpty() ? 0 : 1;
    joined += before == 0 && client.isJoined() ? 1 : 0;
    known += client.known() - before;
    if (client.known() > size) {
      throw new IOException("client " + client.number() + " was told of a member twice");
    }
    complete += (client.known() == size ? 1 : 0) - (before == size ? 1 : 0);
    removed += client.removed() - removedBefore;
  }

  /** How many clients are subscribed. */
  int joined() {
    return joined;
  }

  /** How many clients know all of them. */
  int complete() {
    return complete;
  }

  /** How often a client was told that a member is gone; nobody leaves. */
  long removed() {
    return removed;
  }

  /** How much of what all clients will know they know now, from 0 to 1. */
  double share() {
    return (double) known / size / size;
  }

  /** All bytes that were received. */
  long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    for (Place place : places) {
      place.channel().close();
    }
    selector.close();
  }
}
