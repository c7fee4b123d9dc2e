package io.carillon.protocol;

import io.carillon.hub.Disconnect;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a client has published and is not answered yet. A session reads no further while it is full:
 * TCP slows the client down, and no queue grows. Owned by the connection's event loop.
 */
public final class PublishWindow {

  private static final int MAX_MESSAGES = 256;
  private static final int MAX_BYTES = 1 << 20;

  private int messages;
  private int bytes;

  /** Null until the node goes down; completes when everything is answered. */
  private @Nullable CompletableFuture<Disconnect> left;

  private @Nullable Disconnect how;

  public void add(int size) {
    messages++;
    bytes += size;
  }

  /** One is answered, and the client has been told what there is to tell. */
  public void remove(int size) {
    messages--;
    bytes -= size;
    completeIfLeft();
  }

  /** Whether the client is not read any further. */
  public boolean isFull() {
    return isClosed() || messages >= MAX_MESSAGES || bytes >= MAX_BYTES;
  }

  public boolean isEmpty() {
    return messages == 0;
  }

  /** The node goes down. */
  public boolean isClosed() {
    return left != null;
  }

  /**
   * Nothing is published any more.
   *
   * @param ending how the client is told so
   * @return completes with that, once everything is answered
   */
  public CompletionStage<Disconnect> close(Disconnect ending) {
    CompletableFuture<Disconnect> leaving = new CompletableFuture<>();
    left = leaving;
    how = ending;
    completeIfLeft();
    return leaving;
  }

  private void completeIfLeft() {
    if (left != null && how != null && messages == 0) {
      left.complete(how);
    }
  }
}
