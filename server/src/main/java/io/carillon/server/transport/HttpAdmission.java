package io.carillon.server.transport;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What an {@link HttpEndpoint} makes of a request by its head alone. */
public sealed interface HttpAdmission {

  /**
   * It is not wanted. The answer is the connection's last: its body is not read.
   *
   * @param reply says why
   */
  record Refused(HttpReply reply) implements HttpAdmission {}

  /** It is wanted, with its body. What is known of it by now is kept for the answer. */
  non-sealed interface Admitted extends HttpAdmission {

    /** The longest body; 0 for none. */
    int maxBodyBytes();

    /** The body is longer: the answer, which is the connection's last. */
    HttpReply tooLong();

    /** The body has a content coding, such as gzip: the answer, which is the connection's last. */
    default HttpReply coded() {
      return HttpReply.text(
          415, "The body has a Content-Encoding (expected: none; send it uncompressed).\n");
    }

    /** The head doesn't say that a body comes: the answer; nothing when it can do without one. */
    default Optional<HttpReply> withoutBody() {
      return Optional.empty();
    }

    /**
     * Takes the request. The next one of its connection waits until this is answered.
     *
     * @param body given away; empty for none
     * @return the answer, soon and on any thread
     */
    CompletionStage<HttpReply> answer(byte[] body);
  }
}
