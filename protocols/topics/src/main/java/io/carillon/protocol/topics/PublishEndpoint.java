package io.carillon.protocol.topics;

import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpExchange;
import io.carillon.http.HttpHandler;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.PathPattern;
import io.carillon.http.RefusalCounters;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import io.carillon.message.Payload;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /topics/{topic}}: publishes to the clients of all nodes, for backends that have a
 * key. Answers when the broker has answered. Thread-safe.
 *
 * <p>An error of the request is described in plain text, the outcome of its message in JSON.
 */
final class PublishEndpoint implements HttpHandler {

  private static final String PREFIX = "/topics/";
  private static final String BEARER = "Bearer ";
  private static final String NO_EVENT = "";

  private final PublishKeys keys;
  private final TopicsConfig topics;
  private final int maxBodyBytes;
  private final PublishTarget target;
  private final RefusalCounters<PublishRefusal> refusals =
      new RefusalCounters<>(PublishRefusal.class);

  /**
   * @param keys the keys that may publish
   * @param topics the rules for topics
   * @param maxBodyBytes the longest body
   * @param target publishes the messages
   */
  PublishEndpoint(PublishKeys keys, TopicsConfig topics, int maxBodyBytes, PublishTarget target) {
    this.keys = keys;
    this.topics = topics;
    this.maxBodyBytes = maxBodyBytes;
    this.target = target;
  }

  /** Where this is; what stands behind is one topic, percent-encoded. */
  HttpRoute route() {
    return HttpRoute.any(PathPattern.below(PREFIX).asSent(), this);
  }

  /** How many requests were refused so far, by the reason. Any thread. */
  Map<PublishRefusal, Long> refusals() {
    return refusals.sums();
  }

  @Override
  public HttpAdmission admit(HttpHead head) {
    Optional<HttpReply> refusal = refusal(head);
    return refusal.isPresent() ? new HttpAdmission.Refused(refusal.get()) : new Wanted(head);
  }

  /** A request that may be published. */
  private final class Wanted implements HttpAdmission.Admitted {

    private final HttpHead head;

    Wanted(HttpHead head) {
      this.head = head;
    }

    @Override
    public int maxBodyBytes() {
      return maxBodyBytes;
    }

    @Override
    public HttpReply tooLong() {
      refusals.add(PublishRefusal.LENGTH);
      return HttpReply.text(413, "The body may have at most " + maxBodyBytes + " bytes.\n");
    }

    @Override
    public HttpReply coded() {
      refusals.add(PublishRefusal.REQUEST);
      return HttpAdmission.Admitted.super.coded();
    }

    @Override
    public Optional<HttpReply> withoutBody() {
      refusals.add(PublishRefusal.LENGTH);
      return Optional.of(HttpReply.text(411, "A body is required, with Content-Length.\n"));
    }

    @Override
    public void answer(HttpExchange exchange, byte[] body) {
      exchange.answerWith(PublishEndpoint.this.answer(head, body));
    }
  }

  /** Why a request is denied, and the answer to it. */
  private record Denial(PublishRefusal why, HttpReply reply) {}

  Optional<HttpReply> refusal(HttpHead head) {
    Optional<Denial> refusal = refusalOf(head);
    refusal.ifPresent(refused -> refusals.add(refused.why()));
    return refusal.map(Denial::reply);
  }

  private Optional<Denial> refusalOf(HttpHead head) {
    if (head.method()
        .equals("OPTIONS")) { // A browser sends this first, and can't send a key with it.
      return wrongMethod();
    }
    if (keys.isEmpty()) {
      return text(
          PublishRefusal.OFF,
          403,
          "Publishing over HTTP is off here; topics.publish_keys turns it on.");
    }
    Optional<String> keyFault = keyFault(head.authorization());
    if (keyFault.isPresent()) {
      HttpReply reply = HttpReply.text(401, keyFault.get() + "\n");
      return Optional.of(new Denial(PublishRefusal.KEY, reply.with("WWW-Authenticate", "Bearer")));
    }
    String encoded = head.path().substring(PREFIX.length());
    if (encoded.isEmpty() || encoded.indexOf('/') >= 0) {
      return text(
          PublishRefusal.REQUEST,
          404,
          "Nothing is here (expected: /topics/{topic}; a slash in it is %2F).");
    }
    if (!head.method().equals("POST")) {
      return wrongMethod();
    }
    if (BodyType.of(head.contentType()).isEmpty()) {
      return text(
          PublishRefusal.REQUEST,
          415,
          "Content-Type: text/plain or application/json, in UTF-8, says what the body is.");
    }
    return topicOf(head) instanceof TopicPath.Wrong(String why)
        ? text(PublishRefusal.TOPIC, 400, why)
        : target.refusal().map(reply -> new Denial(PublishRefusal.UNAVAILABLE, reply));
  }

  private static Optional<Denial> wrongMethod() {
    HttpReply reply = HttpReply.text(405, "Topics are published to with POST.\n");
    return Optional.of(new Denial(PublishRefusal.REQUEST, reply.with("Allow", "POST")));
  }

  /** What is wrong with a key, without quoting it; empty for one of {@code publish_keys}. */
  private Optional<String> keyFault(String authorization) {
    if (authorization.isBlank()) {
      return Optional.of("A key is required: Authorization: Bearer <one of topics.publish_keys>.");
    }
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.of(
          "The header Authorization has another form (expected: Bearer <one of"
              + " topics.publish_keys>).");
    }
    return keys.contain(authorization.substring(BEARER.length()).strip())
        ? Optional.empty()
        : Optional.of("The key is wrong: it is none of this node's topics.publish_keys.");
  }

  CompletionStage<HttpReply> answer(HttpHead head, byte[] body) {
    return switch (topicOf(head)) {
      case TopicPath.Wrong(String why) -> refused(PublishRefusal.TOPIC, why);
      case TopicPath.Topic(String topic) ->
          switch (BodyType.of(head.contentType()).map(type -> type.read(body)).orElseThrow()) {
            case Message.Wrong(String why) -> refused(PublishRefusal.MESSAGE, why);
            case Message.Text message -> publish(topics.channel(topic), message);
          };
    };
  }

  private TopicPath topicOf(HttpHead head) {
    return TopicPath.decode(head.path().substring(PREFIX.length()), topics, target::carries);
  }

  private CompletionStage<HttpReply> publish(Channel channel, Message.Text message) {
    CompletableFuture<HttpReply> answer = new CompletableFuture<>();
    target.publish(
        new Draft(channel, NO_EVENT, Payload.text(message.text()), message.name()),
        outcome -> answer.complete(replyOf(outcome)));
    return answer;
  }

  /** An unknown outcome is not 503, because many clients repeat a 503 by themselves. */
  private static HttpReply replyOf(PublishOutcome outcome) {
    return switch (outcome) {
      case PublishOutcome.Accepted a -> HttpReply.json(202, "{\"status\":\"accepted\"}\n");
      case PublishOutcome.Refused(Refusal kind, _) -> replyOf(kind);
      case PublishOutcome.Unknown u ->
          status(504, "unknown", "nobody knows whether the message was sent");
    };
  }

  private static HttpReply replyOf(Refusal kind) {
    return switch (kind) {
      case TOO_LARGE ->
          status(413, "refused", "the message is too large for the message bus; it was not sent");
      case UNAVAILABLE, NOT_CARRIED, OVERLOADED ->
          status(503, "refused", "the message was not sent; send it again")
              .with("Retry-After", "2");
    };
  }

  private static HttpReply status(int code, String status, String reason) {
    return HttpReply.json(
        code, "{\"status\":\"%s\",\"reason\":\"%s\"}\n".formatted(status, reason));
  }

  private CompletionStage<HttpReply> refused(PublishRefusal why, String advice) {
    refusals.add(why);
    return CompletableFuture.completedStage(HttpReply.text(400, advice + "\n"));
  }

  private static Optional<Denial> text(PublishRefusal why, int status, String advice) {
    return Optional.of(new Denial(why, HttpReply.text(status, advice + "\n")));
  }
}
