package io.carillon.server;

import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpExchange;
import io.carillon.http.HttpHandler;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests with the operator's token through, without a body. Everybody else hears what is
 * missing. Any thread.
 *
 * @param token the configured token; null lets nobody through
 * @param answer answers a request with the token; must not block
 */
record OperatorDoor(@Nullable OperatorToken token, Consumer<HttpExchange> answer)
    implements HttpHandler {

  private static final HttpReply OFF =
      HttpReply.text(
          403,
          "This node has no operator (expected: cluster.operator_token in its configuration, or"
              + " CARILLON_CLUSTER_OPERATOR_TOKEN).\n");

  private static final HttpReply UNAUTHORIZED =
      HttpReply.text(
              401,
              "The token is missing or wrong (expected: Authorization: Bearer <the node's"
                  + " cluster.operator_token>).\n")
          .with("WWW-Authenticate", "Bearer");

  @Override
  public HttpAdmission admit(HttpHead head) {
    if (token == null) {
      return new HttpAdmission.Answered(OFF);
    }
    return token.isShownBy(head.authorization())
        ? new Permitted(answer)
        : new HttpAdmission.Answered(UNAUTHORIZED);
  }

  private record Permitted(Consumer<HttpExchange> answer) implements HttpAdmission.Admitted {

    @Override
    public int maxBodyBytes() {
      return 0;
    }

    @Override
    public HttpReply tooLong() {
      return HttpReply.text(413, "The request has a body (expected: none).\n");
    }

    @Override
    public void answer(HttpExchange exchange, byte[] body) {
      answer.accept(exchange);
    }
  }
}
