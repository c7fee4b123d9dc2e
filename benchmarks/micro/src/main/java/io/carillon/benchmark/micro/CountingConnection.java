package io.carillon.benchmark.micro;

import io.carillon.hub.Connection;
import io.carillon.hub.Disconnect;
import io.carillon.hub.Frame;

/** A connection that only counts. */
public final class CountingConnection implements Connection {

  private long bytes;

  /** The bytes of all frames that were sent to it. */
  public long bytes() {
    return bytes;
  }

  @Override
  public String id() {
    return "c-1";
  }

  @Override
  public void send(Frame frame) {
    bytes += frame.size();
  }

  @Override
  public void close(Disconnect why) {
    throw new IllegalStateException("closed: " + why);
  }

  @Override
  public void pauseReading() {}

  @Override
  public void resumeReading() {}
}
