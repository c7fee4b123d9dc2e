package io.carillon.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Very many clients that only listen, on one thread. They count text frames without reading them,
 * and answer pings. Every ten thousand clients have a source address of their own, so that there
 * are enough ports.
 */
final class IdleClients implements AutoCloseable {

  private static final int AT_ONCE = 200;
  private static final int PER_ADDRESS = 10_000;
  private static final int TEXT = 0x81;
  private static final int PING = 0x89;
  private static final byte[] PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};

  private static final String HANDSHAKE =
      """
      GET /?name=u@number@ HTTP/1.1
      Host: localhost
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Version: 13
      Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

      """;

  /** A client, and its position inside the frame that it reads. */
  private static final class Client {
    /** Whether the answer to the handshake has been read. */
    boolean open;

    int frames;
    int kind;
    int headerBytes;
    int length;
    int toSkip;
    int lineBreaks;
  }

  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
  private final List<SocketChannel> channels = new ArrayList<>();
  private final InetSocketAddress server;
  private final int greeting;
  private int greeted;
  private long frames;
  private long lost;

  /**
   * @param greeting how many frames a client receives before it is greeted completely
   */
  IdleClients(URI server, int greeting) throws IOException {
    this.server = new InetSocketAddress(server.getHost(), server.getPort());
    this.greeting = greeting;
  }

  /** Connects clients until this many are connected, and waits until all are greeted. */
  void growTo(int size) throws IOException {
    while (greeted < size) {
      while (channels.size() < size && channels.size() - greeted < AT_ONCE) {
        connect();
      }
      turn();
    }
  }

  private void connect() throws IOException {
    int number = channels.size();
    SocketChannel channel = SocketChannel.open();
    byte[] source = {127, 0, 0, (byte) (2 + number / PER_ADDRESS)};
    channel.bind(new InetSocketAddress(InetAddress.getByAddress(source), 0));
    channel.connect(server);
    channel.write(
        ByteBuffer.wrap(
            HANDSHAKE
                .replace("@number@", "%07d".formatted(number))
                .replace("\n", "\r\n")
                .getBytes(US_ASCII)));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new Client());
    channels.add(channel);
  }

  /** All text frames that the clients have received, greetings included. */
  long frames() {
    return frames;
  }

  /** How many clients have lost their connection. */
  long lost() {
    return lost;
  }

  /** Reads frames until a condition holds. */
  void listenUntil(BooleanSupplier done) throws IOException {
    while (!done.getAsBoolean()) {
      turn();
    }
  }

  private void turn() throws IOException {
    selector.select(
        key -> {
          try {
            read((SocketChannel) key.channel(), (Client) key.attachment());
          } catch (IOException e) {
            key.cancel();
            lost++;
          }
        },
        100);
  }

  private void read(SocketChannel channel, Client client) throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      throw new IOException("the server has closed the connection");
    }
    buffer.flip();
    while (buffer.hasRemaining()) {
      if (!client.open) {
        skipHead(client);
      } else if (client.toSkip > 0) {
        int skipped = Math.min(client.toSkip, buffer.remaining());
        buffer.position(buffer.position() + skipped);
        client.toSkip -= skipped;
      } else {
        readHeader(channel, client, buffer.get() & 0xFF);
      }
    }
  }

  private void skipHead(Client client) {
    byte next = buffer.get();
    client.lineBreaks = next == '\n' ? client.lineBreaks + 1 : next == '\r' ? client.lineBreaks : 0;
    client.open = client.lineBreaks == 2;
  }

  /** Servers don't mask frames, and send no frame here that is longer than 65,535 bytes. */
  private void readHeader(SocketChannel channel, Client client, int next) throws IOException {
    switch (client.headerBytes++) {
      case 0 -> client.kind = next;
      case 1 -> {
        client.length = next;
        if (next < 126) {
          begin(channel, client);
        }
      }
      case 2 -> client.length = next << 8;
      default -> {
        client.length |= next;
        begin(channel, client);
      }
    }
  }

  private void begin(SocketChannel channel, Client client) throws IOException {
    client.headerBytes = 0;
    client.toSkip = client.length;
    if (client.kind == PING) {
      channel.write(ByteBuffer.wrap(PONG));
    } else if (client.kind == TEXT) {
      frames++;
      if (++client.frames == greeting) {
        greeted++;
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
    selector.close();
  }
}
