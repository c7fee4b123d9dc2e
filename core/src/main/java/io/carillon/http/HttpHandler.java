package io.carillon.http;

import java.util.function.Function;

/**
 * Answers the requests of a route. Called on event loops; never blocks. If it throws an exception,
 * the exception is logged and the request is answered with 500.
 */
@FunctionalInterface
public interface HttpHandler {

  /**
   * Decides about a request by its head. A client whose request is refused here can't make the node
   * store a body.
   */
  HttpAdmission admit(HttpHead head);

  /** A handler that answers at once, whatever a body says. */
  static HttpHandler answering(Function<HttpHead, HttpReply> answers) {
    return head -> new HttpAdmission.Answered(answers.apply(head));
  }
}
