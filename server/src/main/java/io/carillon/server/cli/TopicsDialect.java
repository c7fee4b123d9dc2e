package io.carillon.server.cli;

import io.carillon.protocol.pusher.ServerMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Subscribes to topics by the topics protocol, and prints their messages. */
final class TopicsDialect implements Dialect {

  private static final String NOTICE = "System: ";
  private static final String EXPIRED = "4401";

  private final List<String> topics;
  private final Printout printout;

  TopicsDialect(List<String> topics, Printout printout) {
    this.topics = List.copyOf(topics);
    this.printout = printout;
  }

  @Override
  public void begin(Conversation conversation) {
    topics.forEach(topic -> conversation.send(subscribe(topic)));
  }

  /** The command that joins a topic. */
  static String subscribe(String topic) {
    Map<String, String> command = new LinkedHashMap<>();
    command.put("action", "subscribe");
    command.put("topic", topic);
    return FlatJson.of(command);
  }

  @Override
  public void onLine(String line, Conversation conversation) {
    if (line.startsWith(NOTICE)) {
      onNotice(line.substring(NOTICE.length()), conversation);
    } else if (topics.stream().anyMatch(topic -> line.startsWith("[" + topic + "] "))) {
      printout.print(line, conversation);
    } else if (!conversation.hasJoined()) {
      ServerMessage.parse(line)
          .filter(ServerMessage::isProtocols)
          .ifPresent(
              message ->
                  conversation.refuse(
                      "a Pusher server answers (%s); for an app's channels give its URL,"
                              .formatted(message.event())
                          + " ws://host:port/app/KEY"));
    }
  }

  private void onNotice(String notice, Conversation conversation) {
    for (String topic : topics) {
      String quoted = "\"" + topic + "\"";
      if (notice.equals("Subscribed to " + quoted + ".")
          || notice.equals("Already subscribed to " + quoted + ".")) {
        conversation.joined();
      } else if (notice.equals("You may not subscribe to " + quoted + ".")
          || notice.startsWith("Topic names may")
          || notice.startsWith("Topic name is required")
          || notice.startsWith("Too many subscriptions")) {
        conversation.refuse(notice);
      } else if (notice.equals("Unable to subscribe to " + quoted + " right now.")) {
        conversation.end(notice);
      }
    }
  }

  @Override
  public String finality(String end) {
    return end.startsWith(EXPIRED) ? "the token has expired; come back with a new one" : "";
  }
}
