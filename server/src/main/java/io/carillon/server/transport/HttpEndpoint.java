package io.carillon.server.transport;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Answers requests that have a body, when it can. Called on event loops; never blocks. */
public interface HttpEndpoint {

  /**
   * What is wrong with a request by its head alone; nothing when its body is wanted. Nobody whom
   * this refuses can make the node keep a body.
   */
  Optional<HttpReply> refusal(HttpHead head);

  /** The longest body. */
  int maxBodyBytes();

  /** A request that it wants is refused for its body: it is too long, or of unsaid length. */
  void onBodyRefused();

  /**
   * Takes a request. The next one of its connection waits until this is answered.
   *
   * @param body given away
   * @return the answer, soon and on any thread
   */
  CompletionStage<HttpReply> answer(HttpHead head, byte[] body);
}
