package io.carillon.conformance.swarm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Frame;
import io.carillon.conformance.client.Frames;
import io.carillon.conformance.client.Json;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.machine.Patience;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link Swarm}: a decent client of the topics protocol that can be told to
 * behave badly. Its loop's thread does everything; what any thread may look at is volatile.
 *
 * <p>It shares the codec with {@link RawClient} and no more: thousands of them need a selector
 * instead of a thread each, and they must be able to stop reading, or to read a few bytes a second,
 * which no library offers.
 */
public final class SwarmClient {

  /** Receives the messages of topics, on the loop's thread. */
  public interface Listener {

    /** Nobody; messages are only counted. */
    Listener NONE = text -> {};

    void onMessage(String text);
  }

  private static final byte[] NOTHING = {};
  private static final int SMALL_BUFFER = 8 << 10;

  private final SwarmLoop loop;
  private final String name;
  private final Listener listener;
  private final Runnable onGreetedOrEnded;
  private final Queue<ByteBuffer> output = new ConcurrentLinkedQueue<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final SocketChannel channel;

  private @Nullable SelectionKey key;
  private byte[] rest = NOTHING;
  private boolean upgraded;
  private boolean reading = true;
  private int sip;
  private @Nullable Flood flood;
  private int closeCode = Ending.NO_CODE;
  private long closedAt;

  private volatile boolean greeted;
  private volatile long messages;
  private volatile int subscribed;
  private volatile int unsubscribed;
  private volatile @Nullable Ending ending;

  SwarmClient(SwarmLoop loop, String name, Listener listener, Runnable onGreetedOrEnded)
      throws IOException {
    this.loop = loop;
    this.name = name;
    this.listener = listener;
    this.onGreetedOrEnded = onGreetedOrEnded;
    this.channel = SocketChannel.open();
  }

  // What a test says and asks, on any thread -----------------------------------------------------

  /** Little room for what it doesn't read; to be said before it connects. */
  SwarmClient smallBuffer() throws IOException {
    channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
    return this;
  }

  void connect(URI url) {
    loop.execute(() -> attempt(() -> begin(url)));
  }

  /** The name under which it has connected. */
  public String name() {
    return name;
  }

  void send(String text) {
    write(Frames.text(text));
  }

  /** Publishes, and waits for nothing. */
  public void publish(String topic, String message) {
    send(Json.object("action", "publish", "topic", topic, "message", message));
  }

  /** Subscribes, and waits until all is answered. */
  public SwarmClient subscribe(List<String> topics) {
    int wanted = subscribed + topics.size();
    topics.forEach(this::sendSubscribe);
    await().atMost(Patience.LIMIT).until(() -> subscribed == wanted);
    return this;
  }

  void sendSubscribe(String topic) {
    send(Json.object("action", "subscribe", "topic", topic));
  }

  /** How often it was told that it is subscribed, to the lobby for one. */
  int subscribed() {
    return subscribed;
  }

  /** The same for topics one by one. */
  public SwarmClient subscribe(String... topics) {
    return subscribe(List.of(topics));
  }

  /** Unsubscribes, and waits until all is answered. */
  public SwarmClient unsubscribe(List<String> topics) {
    int wanted = unsubscribed + topics.size();
    topics.forEach(topic -> send(Json.object("action", "unsubscribe", "topic", topic)));
    await().atMost(Patience.LIMIT).until(() -> unsubscribed == wanted);
    return this;
  }

  /** Reads nothing from now on, and so answers no ping: to the node it might as well be gone. */
  public void stopReading() {
    loop.execute(
        () -> {
          reading = false;
          updateInterest();
        });
  }

  /** Reads only so much from now on. */
  public void readSlowly(int bytesPerSecond) {
    stopReading();
    loop.execute(
        () -> {
          sip = bytesPerSecond / SwarmLoop.TICKS_A_SECOND;
          loop.addSipper(this);
        });
  }

  /** Reads as well as it can again. */
  public void readOn() {
    loop.execute(
        () -> {
          loop.removeSipper(this);
          reading = true;
          updateInterest();
        });
  }

  /** Sends the same again and again, as fast as the node takes it. */
  public Flood flood(String text) {
    Flood started = new Flood(Frames.text(text));
    loop.execute(
        () -> {
          flood = started;
          updateInterest();
        });
    return started;
  }

  boolean isGreeted() {
    return greeted;
  }

  /** How many messages it heard in topics. */
  public long messages() {
    return messages;
  }

  /** Notices that are neither a greeting nor an answer to subscribe and unsubscribe. */
  public List<String> complaints() {
    return complaints;
  }

  /** How it ended; null while it is there. */
  public @Nullable Ending ending() {
    return ending;
  }

  // The loop's -----------------------------------------------------------------------------------

  private interface Step {
    void run() throws IOException;
  }

  private void begin(URI url) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    boolean connected = channel.connect(new InetSocketAddress(url.getHost(), url.getPort()));
    key = channel.register(loop.selector(), SelectionKey.OP_CONNECT, this);
    output.add(ByteBuffer.wrap(RawClient.handshake("/?name=" + name)));
    if (connected) {
      updateInterest();
    }
  }

  void onReady() {
    attempt(
        () -> {
          if (key == null || !key.isValid()) {
            return;
          }
          if (key.isConnectable()) {
            channel.finishConnect();
          }
          if (key.isWritable() || key.isConnectable()) {
            flush();
          }
          if (key.isReadable()) {
            read(loop.input.capacity());
          }
        });
  }

  /** Reads a little. */
  void sip() {
    attempt(() -> read(sip));
  }

  private void write(byte[] bytes) {
    output.add(ByteBuffer.wrap(bytes));
    loop.execute(() -> attempt(this::flush));
  }

  private void flush() throws IOException {
    if (!channel.isConnected()) {
      return;
    }
    // A frame that a flood has begun must be completed first, or frames would be torn.
    if (flood == null || !flood.isUnderWay()) {
      flushOutput();
    }
    if (flood != null && (output.isEmpty() || flood.isUnderWay())) {
      channel.write(flood.bytes());
    }
    updateInterest();
  }

  private void flushOutput() throws IOException {
    for (ByteBuffer next = output.peek(); next != null; next = output.peek()) {
      channel.write(next);
      if (next.hasRemaining()) {
        return;
      }
      output.remove();
    }
  }

  private void updateInterest() {
    if (key != null && key.isValid()) {
      boolean writing = !output.isEmpty() || (flood != null && flood.goesOn());
      key.interestOps((reading ? SelectionKey.OP_READ : 0) | (writing ? SelectionKey.OP_WRITE : 0));
    }
  }

  private void read(int atMost) throws IOException {
    ByteBuffer in = loop.input.clear().put(rest);
    in.limit(Math.min(in.capacity(), in.position() + atMost));
    int count = channel.read(in);
    in.flip();
    if (upgraded || readHead(in)) {
      Frames.decode(in, this::onFrame);
    }
    rest = in.hasRemaining() ? new byte[in.remaining()] : NOTHING;
    in.get(rest);
    if (count < 0) {
      end(Ending.How.END_OF_STREAM);
    }
  }

  private boolean readHead(ByteBuffer in) {
    String head = ISO_8859_1.decode(in.duplicate()).toString();
    int end = head.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    if (!head.startsWith("HTTP/1.1 101 ")) {
      end(Ending.How.NOT_UPGRADED);
      return false;
    }
    in.position(in.position() + end + 4);
    upgraded = true;
    return true;
  }

  private void onFrame(Frame frame) {
    switch (frame.opcode()) {
      case Frames.TEXT -> onText(frame);
      case Frames.PING -> write(Frames.masked(Frames.FIN | Frames.PONG, frame.bytes()));
      case Frames.CLOSE -> {
        closedAt = System.nanoTime();
        closeCode = frame.closeCode();
        flood = null;
        write(Frames.masked(Frames.FIN | Frames.CLOSE, frame.bytes()));
      }
      default -> throw new AssertionError("an unexpected frame: " + frame.opcode());
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // Only the loop's thread counts.
  private void onText(Frame frame) {
    if (frame.payload().get(0) == '[') {
      messages++;
      if (!listener.equals(Listener.NONE)) {
        listener.onMessage(frame.text());
      }
      return;
    }
    String notice = frame.text();
    if (notice.startsWith("System: Subscribed to ")) {
      subscribed++;
    } else if (notice.startsWith("System: Unsubscribed from ")) {
      unsubscribed++;
    } else if (notice.startsWith("System: Send JSON messages")) {
      greeted = true;
      onGreetedOrEnded.run();
    } else if (!notice.startsWith("Welcome, ")) {
      complaints.add(notice);
    }
  }

  private void attempt(Step step) {
    if (ending != null) {
      return;
    }
    try {
      step.run();
    } catch (IOException lost) {
      end(Ending.How.RESET);
    }
  }

  private void end(Ending.How how) {
    if (ending != null) {
      return;
    }
    ending = new Ending(closeCode, how, closeCode == Ending.NO_CODE ? System.nanoTime() : closedAt);
    abandon();
    if (!greeted) {
      onGreetedOrEnded.run();
    }
  }

  /** Goes without a word. */
  void abandon() {
    loop.removeSipper(this);
    try {
      channel.close();
    } catch (IOException e) {
      throw new AssertionError("a socket can't be closed", e);
    }
  }
}
