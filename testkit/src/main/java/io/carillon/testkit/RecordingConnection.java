package io.carillon.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.hub.Connection;
import io.carillon.hub.Disconnect;
import io.carillon.hub.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A connection that remembers what was sent to it. For one thread. */
public final class RecordingConnection implements Connection {

  private final String id;
  private final List<String> texts = new ArrayList<>();
  private Optional<Disconnect> closed = Optional.empty();
  private boolean paused;
  private int sends;

  public RecordingConnection(String id) {
    this.id = id;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public void send(Frame frame) {
    if (closed.isEmpty()) {
      texts.addAll(textsOf(frame));
      sends++;
    }
  }

  @Override
  public void close(Disconnect why) {
    if (closed.isEmpty()) {
      closed = Optional.of(why);
    }
  }

  @Override
  public void pauseReading() {
    paused = true;
  }

  @Override
  public void resumeReading() {
    paused = false;
  }

  /** The text messages that were sent, in order; the list itself, so that a test may clear it. */
  public List<String> texts() {
    return texts;
  }

  /** How often a frame was sent; one frame may hold several joined messages. */
  public int sends() {
    return sends;
  }

  /** The code and reason with which the core closed it, if it did. */
  public Optional<Disconnect> closed() {
    return closed;
  }

  /** Whether the session has paused the connection. */
  public boolean isPaused() {
    return paused;
  }

  /** The payloads of a server's frames (RFC 6455 section 5.2). */
  private static List<String> textsOf(Frame frame) {
    List<String> texts = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(frame.bytes());
    while (bytes.hasRemaining()) {
      bytes.get();
      byte shortLength = bytes.get();
      int length =
          switch (shortLength) {
            case 126 -> bytes.getShort() & 0xFFFF;
            case 127 -> Math.toIntExact(bytes.getLong());
            default -> shortLength;
          };
      byte[] payload = new byte[length];
      bytes.get(payload);
      texts.add(new String(payload, UTF_8));
    }
    return texts;
  }
}
