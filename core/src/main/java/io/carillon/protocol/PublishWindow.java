package io.carillon.protocol;

import io.carillon.hub.Disconnect;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The publications of a client that the broker has not answered yet. While the window is full, the
 * session does not read from its client: TCP slows the client down, and no queue grows. Owned by
 * the connection's event loop.
 */
public final class PublishWindow {

  private static final int MAX_MESSAGES = 256;
  private static final int MAX_BYTES = 1 << 20;

  private int messages;
  private int bytes;

  /** Null until the node shuts down; completes when every publication is answered. */
  private @Nullable CompletableFuture<Disconnect> left;

  private @Nullable Disconnect how;

  public void add(int size) {
    messages++;
    bytes += size;
  }

  /** One publication is answered, and the client has been told the outcome if it has to be. */
  public void remove(int size) {
    messages--;
    bytes -= size;
    completeIfLeft();
  }

  /** Whether the session must stop reading from the client. */
  public boolean isFull() {
    return isClosed() || messages >= MAX_MESSAGES || bytes >= MAX_BYTES;
  }

  public boolean isEmpty() {
    return messages == 0;
  }

  /** Whether the node shuts down. */
  public boolean isClosed() {
    return left != null;
  }

  /**
   * Ends the window: the client publishes nothing any more.
   *
   * @param ending the code and reason with which the client is to be closed
   * @return completes with {@code ending} when every publication is answered
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
