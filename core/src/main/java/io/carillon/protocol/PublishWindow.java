package io.carillon.protocol;

/**
 * How much of what a client has published is not answered yet. A session reads no further while it
 * is full: TCP slows the client down, and no queue grows. Owned by the connection's event loop.
 */
public final class PublishWindow {

  private static final int MAX_MESSAGES = 256;
  private static final int MAX_BYTES = 1 << 20;

  private int messages;
  private int bytes;

  public void add(int size) {
    messages++;
    bytes += size;
  }

  public void remove(int size) {
    messages--;
    bytes -= size;
  }

  public boolean isFull() {
    return messages >= MAX_MESSAGES || bytes >= MAX_BYTES;
  }

  public boolean isEmpty() {
    return messages == 0;
  }
}
