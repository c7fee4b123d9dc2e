package io.carillon.benchmark.balancer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads the answer to a handshake, and then frames of a server. For one thread. */
final class FrameReader {

  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final int LONGEST = 65_535;
  private static final int NO_CODE = 1005;

  /** Hears of the answer and of each frame. */
  interface Listener {

    /** The answer to the handshake, without the empty line at its end. */
    void onAnswer(String head) throws IOException;

    void onText(String text) throws IOException;

    void onPing() throws IOException;

    /** The code of a close frame. */
    void onClose(int code) throws IOException;
  }

  private final Listener listener;
  private byte[] kept = new byte[512];
  private int length;
  private boolean isOpen;

  FrameReader(Listener listener) {
    this.listener = listener;
  }

  /**
   * Reads what has come.
   *
   * @throws IOException if something is longer than 65,535 bytes, or what the listener throws
   */
  void take(ByteBuffer in) throws IOException {
    int more = in.remaining();
    if (length + more > kept.length) {
      kept = Arrays.copyOf(kept, Math.max(2 * kept.length, length + more));
    }
    in.get(kept, length, more);
    length += more;
    int used = 0;
    for (int next = step(used); next > used; next = step(used)) {
      used = next;
    }
    System.arraycopy(kept, used, kept, 0, length - used);
    length -= used;
    if (length > LONGEST + 4) {
      throw new IOException("too long: " + length + " bytes");
    }
  }

  /** Where the next part begins; the same place if this one is not complete. */
  private int step(int from) throws IOException {
    return isOpen ? frame(from) : answer(from);
  }

  private int answer(int from) throws IOException {
    for (int i = from; i + 3 < length; i++) {
      if (kept[i] == '\r' && kept[i + 1] == '\n' && kept[i + 2] == '\r' && kept[i + 3] == '\n') {
        isOpen = true;
        listener.onAnswer(new String(kept, from, i - from, ISO_8859_1));
        return i + 4;
      }
    }
    return from;
  }

  private int frame(int from) throws IOException {
    if (length - from < 2) {
      return from;
    }
    int size = kept[from + 1] & 0x7F;
    int begin = from + 2;
    if (size == 126) {
      if (length - from < 4) {
        return from;
      }
      size = ((kept[from + 2] & 0xFF) << 8) | (kept[from + 3] & 0xFF);
      begin = from + 4;
    } else if (size == 127) {
      throw new IOException("a frame of more than %d bytes".formatted(LONGEST));
    }
    if (length < begin + size) {
      return from;
    }
    switch (kept[from] & 0xFF) {
      case TEXT -> listener.onText(new String(kept, begin, size, UTF_8));
      case PING -> listener.onPing();
      case CLOSE ->
          listener.onClose(
              size < 2 ? NO_CODE : ((kept[begin] & 0xFF) << 8) | (kept[begin + 1] & 0xFF));
      default -> {
        // No other frame matters here.
      }
    }
    return begin + size;
  }
}
