package io.carillon.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.benchmark.micro.CountingConnection;
import io.carillon.benchmark.micro.Messages;
import io.carillon.benchmark.micro.OneThreadNode;
import io.carillon.protocol.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A client's publish, from the bytes that a socket has read. An op is a message. */
@State(Scope.Thread)
public class ReceiveBenchmark {

  @Param({"128", "1024"})
  private int bytes;

  private final OneThreadNode node = new OneThreadNode();
  private final Session session = node.client(new CountingConnection());
  private final Received received = new Received();
  private final FrameDecoder decoder = new FrameDecoder(TransportConfig.DEFAULTS, received);
  private final ByteBuf socket = Unpooled.directBuffer();
  private byte[] utf8 = {};

  @Setup
  public void prepare() {
    utf8 = Messages.command(bytes).getBytes(UTF_8);
    socket.clear().writeByte(0x81).writeByte(0x80 | 126).writeShort(utf8.length);
    byte[] mask = {0x37, (byte) 0xFA, 0x21, 0x3D};
    socket.writeBytes(mask);
    for (int i = 0; i < utf8.length; i++) {
      socket.writeByte(utf8[i] ^ mask[i % mask.length]);
    }
  }

  @Benchmark
  public byte[] frame() throws WebSocketException {
    socket.readerIndex(0);
    decoder.decode(socket);
    return received.utf8;
  }

  @Benchmark
  public @Nullable String utf8() {
    return Utf8.decode(utf8);
  }

  /** Both of these, and all work of the session with the message until it is answered. */
  @Benchmark
  public void frameToBus() throws WebSocketException {
    String text = Utf8.decode(frame());
    if (text != null) {
      session.onText(text);
    }
    node.loop().turn();
  }

  /** Keeps the message. */
  private static final class Received implements FrameDecoder.Listener {

    private byte[] utf8 = {};

    @Override
    public void onText(byte[] message) {
      utf8 = message;
    }

    @Override
    public void onBinary(byte[] data) {}

    @Override
    public void onPing(byte[] payload) {}

    @Override
    public void onPong() {}

    @Override
    public void onClose(byte[] payload) {}
  }
}
