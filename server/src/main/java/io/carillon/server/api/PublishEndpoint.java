package io.carillon.server.api;

import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.message.Payload;
import io.carillon.protocol.topics.TopicsConfig;
import io.carillon.server.auth.PublishKeys;
import io.carillon.server.transport.HttpEndpoint;
import io.carillon.server.transport.HttpHead;
import io.carillon.server.transport.HttpReply;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /topics/{topic}}: publishes to the clients of all nodes, for who has a key. Answers
 * once the broker has answered. Thread-safe.
 *
 * <p>What is wrong with a request is said in plain text, what became of its message in JSON.
 */
public final class PublishEndpoint implements HttpEndpoint {

  private static final String PREFIX = "/topics/";
  private static final String BEARER = "Bearer ";
  private static final String NO_EVENT = "";

  private final PublishKeys keys;
  private final TopicsConfig topics;
  private final int maxBodyBytes;
  private final Publisher publisher;

  /**
   * @param keys who may publish
   * @param topics what a topic can be called
   * @param maxBodyBytes the longest body
   * @param publisher the way out
   */
  public PublishEndpoint(
      PublishKeys keys, TopicsConfig topics, int maxBodyBytes, Publisher publisher) {
    this.keys = keys;
    this.topics = topics;
    this.maxBodyBytes = maxBodyBytes;
    this.publisher = publisher;
  }

  /** Whether a path, still percent-encoded, is this one's. */
  public static boolean isAt(String path) {
    return path.startsWith(PREFIX);
  }

  @Override
  public Optional<HttpReply> refusal(HttpHead head) {
    if (keys.isEmpty()) {
      return text(403, "Publishing over HTTP is off here; topics.publish_keys turns it on.");
    }
    if (!isAuthorized(head.authorization())) {
      return text(401, "A key is required: Authorization: Bearer <one of topics.publish_keys>.")
          .map(reply -> reply.with("WWW-Authenticate", "Bearer"));
    }
    String encoded = head.path().substring(PREFIX.length());
    if (encoded.isEmpty() || encoded.indexOf('/') >= 0) {
      return text(404, "Nothing is here (expected: /topics/{topic}; a slash in it is %2F).");
    }
    if (!head.method().equals("POST")) {
      return text(405, "Topics are published to with POST.")
          .map(reply -> reply.with("Allow", "POST"));
    }
    if (BodyType.of(head.contentType()).isEmpty()) {
      return text(
          415, "Content-Type: text/plain or application/json, in UTF-8, says what the body is.");
    }
    return topicOf(head) instanceof TopicPath.Wrong(String why)
        ? text(400, why)
        : publisher.refusal();
  }

  private boolean isAuthorized(String authorization) {
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        && keys.contain(authorization.substring(BEARER.length()).strip());
  }

  @Override
  public int maxBodyBytes() {
    return maxBodyBytes;
  }

  @Override
  public CompletionStage<HttpReply> answer(HttpHead head, byte[] body) {
    return switch (topicOf(head)) {
      case TopicPath.Wrong(String why) -> refused(why);
      case TopicPath.Topic(String topic) ->
          switch (BodyType.of(head.contentType()).map(type -> type.read(body)).orElseThrow()) {
            case Message.Wrong(String why) -> refused(why);
            case Message.Text message -> publish(Channel.ofTopic(topic), message);
          };
    };
  }

  private TopicPath topicOf(HttpHead head) {
    return TopicPath.decode(head.path().substring(PREFIX.length()), topics, publisher::carries);
  }

  private CompletionStage<HttpReply> publish(Channel channel, Message.Text message) {
    CompletableFuture<HttpReply> answer = new CompletableFuture<>();
    publisher.publish(
        channel,
        NO_EVENT,
        Payload.text(message.text()),
        message.name(),
        outcome -> answer.complete(replyOf(outcome)));
    return answer;
  }

  /** A message that nobody knows of is no 503: many a client would send it again by itself. */
  private static HttpReply replyOf(PublishOutcome outcome) {
    return switch (outcome) {
      case PublishOutcome.Accepted a -> HttpReply.json(202, "{\"status\":\"accepted\"}\n");
      case PublishOutcome.Refused r ->
          status(503, "refused", "the message was not sent; send it again")
              .with("Retry-After", "2");
      case PublishOutcome.Unknown u ->
          status(504, "unknown", "nobody knows whether the message was sent");
    };
  }

  private static HttpReply status(int code, String status, String reason) {
    return HttpReply.json(
        code, "{\"status\":\"%s\",\"reason\":\"%s\"}\n".formatted(status, reason));
  }

  private static CompletionStage<HttpReply> refused(String why) {
    return CompletableFuture.completedStage(HttpReply.text(400, why + "\n"));
  }

  private static Optional<HttpReply> text(int status, String why) {
    return Optional.of(HttpReply.text(status, why + "\n"));
  }
}
