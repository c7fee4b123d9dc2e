package io.carillon.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.hub.Connection;
import io.carillon.hub.Disconnect;
import io.carillon.hub.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A connection that remembers what was sent to it. For one thread. */
public final class RecordingConnection implements Connection {

  private final String id;
  private final List<String> texts = new ArrayList<>();
  private Optional<Disconnect> closed = Optional.empty();
  private boolean paused;

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
      texts.add(textOf(frame));
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

  /** How the core closed it, if it did. */
  public Optional<Disconnect> closed() {
    return closed;
  }

  /** Whether the session wants no messages now. */
  public boolean isPaused() {
    return paused;
  }

  /** The payload of a server's frame (RFC 6455 section 5.2). */
  private static String textOf(Frame frame) {
    byte[] bytes = frame.bytes();
    int header = bytes[1] < 126 ? 2 : bytes[1] == 126 ? 4 : 10;
    return new String(bytes, header, bytes.length - header, UTF_8);
  }
}
