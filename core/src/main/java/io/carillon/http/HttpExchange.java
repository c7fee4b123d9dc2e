package io.carillon.http;

import io.carillon.hub.HubShard;
import java.util.concurrent.CompletionStage;

/**
 * A request that waits for its answer. It belongs to the event loop of its connection; only {@link
 * #answer} and {@link #fail} may be called by any thread.
 */
public interface HttpExchange {

  /** The connection's part of the hub; its loop is the connection's. */
  HubShard shard();

  /**
   * Answers: posts the answer to the connection's loop, and never sends it during the call. The
   * first answer counts. What comes later, or when the client has gone, is dropped. Any thread.
   */
  void answer(HttpReply reply);

  /** Logs a bug and answers with 500. Any thread. */
  void fail(Throwable bug);

  /** Answers with what this completes with; what it fails with is a bug. Any thread. */
  default void answerWith(CompletionStage<HttpReply> reply) {
    reply.whenComplete(
        (answer, bug) -> {
          if (bug == null) {
            answer(answer);
          } else {
            fail(bug);
          }
        });
  }

  /**
   * Keeps the request until something happens that it waits for. It takes the place of a client
   * until it is answered, so that no more can be held than the node has places. Called on the loop,
   * once, before the answer.
   *
   * @param listener hears why the wait ends early
   * @return whether it is held; false where the node is full, or closes its clients: the handler
   *     answers at once
   */
  boolean hold(HeldRequest listener);
}
