package io.carillon.protocol.tutorial;

import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpExchange;
import io.carillon.http.HttpHandler;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.protocol.ViewAge;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * {@code GET /users}: the users of the cluster. Any thread.
 *
 * @param viewAge how old the node's view of the cluster is; zero while it is up to date
 */
record UsersEndpoint(Users users, Supplier<Duration> viewAge) implements HttpHandler {

  private static final HttpReply WITH_BODY =
      HttpReply.text(413, "The request has a body (expected: none).\n");

  @Override
  public HttpAdmission admit(HttpHead head) {
    return new Question(users, viewAge.get());
  }

  private record Question(Users users, Duration age) implements HttpAdmission.Admitted {

    @Override
    public int maxBodyBytes() {
      return 0;
    }

    @Override
    public HttpReply tooLong() {
      return WITH_BODY;
    }

    @Override
    public void answer(HttpExchange exchange, byte[] body) {
      exchange.answerWith(
          ViewAge.on(users.json().thenApply(json -> HttpReply.json(200, json)), age));
    }
  }
}
