package io.carillon.protocol.pusher.dialect;

import static io.carillon.protocol.pusher.dialect.PusherDialect.APP_URL;

import io.carillon.dialect.Greeting;
import io.carillon.dialect.Recognition;
import io.carillon.protocol.pusher.ServerMessage;
import java.util.Optional;
import java.util.function.Function;

/** Judges the first message of a server that an app's URL names. */
final class PusherGreeting {

  private PusherGreeting() {}

  /**
   * The meaning of a greeting.
   *
   * @param key the app's key
   * @param others what other dialects recognise
   */
  static Greeting judge(String said, String key, Function<String, Optional<Recognition>> others) {
    Optional<ServerMessage> message = protocols(said);
    if (message.isEmpty()) {
      return new Greeting.Wrong(
          others
              .apply(said)
              .map(Recognition::text)
              .orElse("no Pusher server answers, but \"" + said + "\""),
          "an app's clients need %s, in lower case and below no other path, and a node that has an"
                  .formatted(APP_URL)
              + " app with this key");
    }
    return message.get().event().equals(ServerMessage.CONNECTION_ESTABLISHED)
        ? new Greeting.Welcome(shown(message.get()))
        : new Greeting.Wrong(shown(message.get()), advice(message.get().field("code"), key));
  }

  static Optional<Recognition> recognise(String said) {
    return protocols(said)
        .map(
            message ->
                new Recognition(
                    "the Pusher protocol answers, " + shown(message),
                    "for an app's clients the URL is " + APP_URL,
                    "a Pusher server answers (%s); for an app's channels give its URL, %s"
                        .formatted(message.event(), APP_URL)));
  }

  private static Optional<ServerMessage> protocols(String said) {
    return ServerMessage.parse(said).filter(ServerMessage::isProtocols);
  }

  private static String shown(ServerMessage message) {
    return switch (message.event()) {
      case ServerMessage.ERROR ->
          "%s %s %s".formatted(message.event(), message.field("code"), message.field("message"));
      case ServerMessage.CONNECTION_ESTABLISHED ->
          "%s, socket_id %s, activity_timeout %s s"
              .formatted(
                  message.event(), message.field("socket_id"), message.field("activity_timeout"));
      default -> message.event();
    };
  }

  private static String advice(String code, String key) {
    return switch (code) {
      case "4001" -> "check the key \"%s\", and which apps the node has".formatted(key);
      case "4003" -> "turn the app on again";
      case "4005" -> "give " + APP_URL + ", with nothing before /app but what path_prefix says";
      case "4006", "4007", "4008" -> "give ?protocol=7, or no protocol";
      case "4009" -> "the app asks for what this command doesn't have, such as an origin";
      default -> code.startsWith("41") ? "it may pass; see /ready" : "see the node's log";
    };
  }
}
