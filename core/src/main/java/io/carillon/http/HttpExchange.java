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
   * first answer counts. A later answer, or an answer after the client has gone, is dropped. Any
   * thread.
   */
  void answer(HttpReply reply);

  /** Logs a bug and answers with 500. Any thread. */
  void fail(Throwable bug);

  /** Answers with the result of this stage; its failure is a bug. Any thread. */
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
   * Keeps the request until an event for which it waits. The request takes the place of a client
   * until it is answered, so that a node can hold no more requests than it has places. Called on
   * the loop, once, before the answer.
   *
   * @param listener receives the reason if the wait ends early
   * @return whether it is held; false if the node is full, or closes its clients: the handler then
   *     answers at once
   */
  boolean hold(HeldRequest listener);
}
