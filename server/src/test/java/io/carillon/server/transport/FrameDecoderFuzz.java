package io.carillon.server.transport;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Whatever bytes a client sends: they are read the same however they are cut, no message is larger
 * than allowed, and what is wrong ends in a code and in nothing else.
 */
public final class FrameDecoderFuzz {

  private static final int MAX_MESSAGE = 500;
  private static final int MAX_FRAME = 300;

  private FrameDecoderFuzz() {}

  /** Called by Jazzer, many times. */
  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    int cut = data.consumeInt(1, 64);
    byte[] bytes = data.consumeRemainingAsBytes();
    List<String> whole = read(bytes, bytes.length);
    List<String> inPieces = read(bytes, cut);
    if (!whole.equals(inPieces)) {
      throw new AssertionError(whole + " but in pieces of " + cut + ": " + inPieces);
    }
  }

  private static List<String> read(byte[] bytes, int piece) {
    List<String> heard = new ArrayList<>();
    FrameDecoder decoder = new FrameDecoder(config(), new Recorder(heard));
    ByteBuf in = Unpooled.buffer();
    try {
      for (int at = 0; at < bytes.length; at += piece) {
        in.writeBytes(bytes, at, Math.min(piece, bytes.length - at));
        while (decoder.decode(in)) {}
      }
    } catch (WebSocketException refused) {
      heard.add("refused " + refused.code());
    } finally {
      in.release();
    }
    return heard;
  }

  private static TransportConfig config() {
    TransportConfig d = TransportConfig.DEFAULTS;
    return new TransportConfig(
        d.host(),
        0,
        1,
        MAX_MESSAGE,
        MAX_FRAME,
        1,
        1,
        d.maxRequestLineBytes(),
        d.maxHeaderBytes(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        IoBackend.AUTO,
        HttpConfig.DEFAULTS,
        ProxyConfig.DEFAULTS,
        ClientLimits.DEFAULTS);
  }

  private record Recorder(List<String> heard) implements FrameDecoder.Listener {

    private void hear(String kind, byte[] bytes) {
      if (bytes.length > MAX_MESSAGE) {
        throw new AssertionError(kind + " of " + bytes.length + " bytes");
      }
      heard.add(kind + " " + HexFormat.of().formatHex(bytes));
    }

    @Override
    public void onText(byte[] utf8) {
      hear("text", utf8);
    }

    @Override
    public void onBinary(byte[] data) {
      hear("binary", data);
    }

    @Override
    public void onPing(byte[] payload) {
      hear("ping", payload);
    }

    @Override
    public void onPong() {
      heard.add("pong");
    }

    @Override
    public void onClose(byte[] payload) {
      hear("close", payload);
    }
  }
}
