package io.carillon.server.doctor;

import io.carillon.part.Finding;
import io.carillon.protocol.pusher.AppUrl;
import io.carillon.protocol.pusher.ServerMessage;
import java.util.Optional;

/** Compares the first message of a server with the protocol that the URL asks for. */
final class Greeting {

  private static final String SUBJECT = "greeting";
  private static final String TOPICS = "Welcome, ";
  private static final String AN_APPS_URL = "ws://host:port/app/KEY";

  private Greeting() {}

  /** The finding about a greeting, if the topics protocol is expected. */
  static Finding ofTopics(String said) {
    if (said.startsWith(TOPICS)) {
      return Finding.ok(SUBJECT, said);
    }
    return pushers(said)
        .map(
            message ->
                Finding.fail(
                    SUBJECT,
                    "the Pusher protocol answers, " + shown(message),
                    "for an app's clients the URL is " + AN_APPS_URL))
        .orElseGet(
            () ->
                Finding.fail(
                    SUBJECT,
                    said,
                    "a node says \"Welcome, ...!\"; see what answers at this address"));
  }

  /** The finding about a greeting, if the Pusher protocol is expected. */
  static Finding ofApp(String said, AppUrl app) {
    Optional<ServerMessage> message = pushers(said);
    if (message.isEmpty()) {
      return Finding.fail(
          SUBJECT,
          said.startsWith(TOPICS)
              ? "the topics protocol answers, \"" + said + "\""
              : "no Pusher server answers, but \"" + said + "\"",
          "an app's clients need %s, in lower case and below no other path, and a node that has an"
                  .formatted(AN_APPS_URL)
              + " app with this key");
    }
    return message.get().event().equals(ServerMessage.CONNECTION_ESTABLISHED)
        ? Finding.ok(SUBJECT, shown(message.get()))
        : Finding.fail(SUBJECT, shown(message.get()), advice(message.get().field("code"), app));
  }

  private static Optional<ServerMessage> pushers(String said) {
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

  private static String advice(String code, AppUrl app) {
    return switch (code) {
      case "4001" -> "check the key \"%s\", and which apps the node has".formatted(app.key());
      case "4003" -> "turn the app on again";
      case "4005" -> "give " + AN_APPS_URL + ", with nothing before /app but what path_prefix says";
      case "4006", "4007", "4008" -> "give ?protocol=7, or no protocol";
      case "4009" -> "the app asks for what this command doesn't have, such as an origin";
      default -> code.startsWith("41") ? "it may pass; see /ready" : "see the node's log";
    };
  }
}
