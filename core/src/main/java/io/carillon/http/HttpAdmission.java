package io.carillon.http;

import java.util.Optional;

/** The decision of an {@link HttpHandler} about a request, by its head alone. */
public sealed interface HttpAdmission {

  /**
   * The request is refused. The answer is the connection's last: the body is not read.
   *
   * @param reply says why
   */
  record Refused(HttpReply reply) implements HttpAdmission {}

  /**
   * The answer is there already. A body is not kept; the connection goes on behind a short one.
   *
   * @param reply is sent when the request has come to its end
   */
  record Answered(HttpReply reply) implements HttpAdmission {}

  /**
   * The request is accepted, and its body is read. What is known of it by now is kept for the
   * answer.
   */
  non-sealed interface Admitted extends HttpAdmission {

    /** The longest body, in bytes; 0 for none. */
    int maxBodyBytes();

    /** The answer to a body that is longer; it is the connection's last. */
    HttpReply tooLong();

    /** The answer to a body with a content coding, such as gzip; it is the connection's last. */
    default HttpReply coded() {
      return HttpReply.text(
          415, "The body has a Content-Encoding (expected: none; send it uncompressed).\n");
    }

    /** The answer if the head announces no body; empty if the endpoint needs none. */
    default Optional<HttpReply> withoutBody() {
      return Optional.empty();
    }

    /**
     * Takes the request, on its connection's event loop. The next request of the connection waits
     * until this one is answered. An exception is logged, and the request is answered with 500.
     *
     * @param exchange answered during this call or later
     * @param body given away; empty for none
     */
    void answer(HttpExchange exchange, byte[] body);
  }
}
