package io.carillon.benchmark.balancer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One client of {@link Clients}, on its thread. Like a browser it keeps the balancer's cookie; like
 * {@code clients/js} it reconnects, and gives a silent connection up.
 */
final class Client implements FrameReader.Listener {

  private static final long CONNECT_TIMEOUT = 10_000;
  private static final long SILENCE_INTERVAL = 30_000;
  private static final long SILENCE_TIMEOUT = 15_000;
  private static final int NO_CODE = 1006;
  private static final String GREETED =
      "System: Send JSON messages to subscribe, unsubscribe, publish, or list subscriptions.";
  private static final String PING = "{\"action\":\"ping\"}";
  private static final ByteBuffer PONG =
      ByteBuffer.wrap(new byte[] {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0}).asReadOnlyBuffer();
  private static final Pattern COOKIE =
      Pattern.compile("\r\nset-cookie: (serverid=[^;\r]*?(\\d+))[;\r]", Pattern.CASE_INSENSITIVE);
  private static final Pattern RETRY_AFTER =
      Pattern.compile("\r\nretry-after: (\\d+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");

  private final Clients all;
  private final int number;
  private final Reconnection reconnection = new Reconnection();
  private @Nullable SocketChannel channel;
  private FrameReader reader = new FrameReader(this);
  private String cookie = "";
  private int node;
  private int attempts;
  private long opened;
  private long heard;
  private long asked;
  private long cut;
  private long due;

  Client(Clients all, int number) {
    this.all = all;
    this.number = number;
  }

  /** When it has to do something by itself, in milliseconds of the clients' clock. */
  long due() {
    return due;
  }

  boolean isOpen() {
    return opened > 0;
  }

  int node() {
    return node;
  }

  /** Does what is due: connects, gives an attempt up, or watches the silence. */
  void act(long now, Selector selector) {
    try {
      if (channel == null) {
        connect(now, selector);
      } else if (!isOpen()) {
        end(NO_CODE, 0, now);
      } else {
        watch(now);
      }
    } catch (IOException e) {
      end(NO_CODE, 0, now);
    }
  }

  private void connect(long now, Selector selector) throws IOException {
    due = now + CONNECT_TIMEOUT;
    reader = new FrameReader(this);
    channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    int port = all.port(attempts++);
    channel.register(selector, SelectionKey.OP_CONNECT, this);
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private void watch(long now) throws IOException {
    if (asked > heard && now - asked >= SILENCE_TIMEOUT) {
      all.isSilent();
      end(NO_CODE, 0, now);
    } else if (asked <= heard && now - heard >= SILENCE_INTERVAL) {
      asked = now;
      send(PING);
      due = now + SILENCE_TIMEOUT;
    } else {
      due = asked > heard ? asked + SILENCE_TIMEOUT : heard + SILENCE_INTERVAL;
    }
  }

  /** Its socket can do something. */
  void ready(SelectionKey key, ByteBuffer buffer, long now) {
    try {
      if (key.isConnectable()) {
        ((SocketChannel) key.channel()).finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        write(ByteBuffer.wrap(handshake().getBytes(ISO_8859_1)));
      } else if (key.isReadable()) {
        read((SocketChannel) key.channel(), buffer, now);
      }
    } catch (IOException e) {
      end(NO_CODE, 0, now);
    }
  }

  private void read(SocketChannel from, ByteBuffer buffer, long now) throws IOException {
    buffer.clear();
    if (from.read(buffer) < 0) {
      throw new IOException("the end of the connection");
    }
    heard = now;
    reader.take(buffer.flip());
  }

  private String handshake() {
    String cookies = cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n";
    return """
    GET /?name=u%d HTTP/1.1
    Host: localhost
    Upgrade: websocket
    Connection: Upgrade
    Sec-WebSocket-Version: 13
    Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
    """
            .formatted(number)
            .replace("\n", "\r\n")
        + cookies
        + "\r\n";
  }

  @Override
  public void onAnswer(String head) throws IOException {
    Matcher status = STATUS.matcher(head);
    int code = status.lookingAt() ? Integer.parseInt(status.group(1)) : NO_CODE;
    if (code != 101) {
      Matcher after = RETRY_AFTER.matcher(head);
      end(code, after.find() ? 1_000 * Long.parseLong(after.group(1)) : 0, heard);
      return;
    }
    Matcher given = COOKIE.matcher(head + "\r\n");
    if (given.find()) {
      cookie = given.group(1);
    }
    node = nodeOf(cookie);
    opened = heard;
    asked = 0;
    due = heard + SILENCE_INTERVAL;
    all.opened(this, node, cut == 0 ? 0 : heard - cut);
    cut = 0;
  }

  private static int nodeOf(String cookie) {
    int digits = cookie.length();
    while (digits > 0 && Character.isDigit(cookie.charAt(digits - 1))) {
      digits--;
    }
    int number = digits == cookie.length() ? 0 : Integer.parseInt(cookie.substring(digits));
    return number <= Tally.NODES ? number : 0;
  }

  @Override
  public void onText(String text) {
    if (text.equals(GREETED)) {
      all.greeted(number);
    }
    all.hears(number, text);
  }

  @Override
  public void onPing() throws IOException {
    write(PONG.duplicate());
  }

  @Override
  public void onClose(int code) {
    end(code, 0, heard);
  }

  /** Sends a text of at most 65,535 bytes; false if it has no connection. */
  boolean send(String text) {
    try {
      if (!isOpen()) {
        return false;
      }
      write(Frames.text(text));
      return true;
    } catch (IOException e) {
      end(NO_CODE, 0, all.now());
      return false;
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    if (channel != null) {
      channel.write(bytes);
      if (bytes.hasRemaining()) {
        throw new IOException("the server does not read");
      }
    }
  }

  private void end(int code, long retryAfterMillis, long now) {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed.
    }
    channel = null;
    long openMillis = isOpen() ? now - opened : 0;
    if (isOpen()) {
      cut = now;
      all.cut(number, node, code);
    } else {
      all.refused(code);
    }
    opened = 0;
    due = now + reconnection.pause(code, openMillis, retryAfterMillis);
  }

  /** Ends it for good, without a word to the server. */
  void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
