package io.carillon.protocol.topics;

import io.carillon.dialect.Conversation;
import io.carillon.dialect.FlatJson;
import io.carillon.dialect.Listener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Subscribes to topics, and prints their messages. */
final class TopicsListener implements Listener {

  private static final String NOTICE = "System: ";
  private static final String EXPIRED = "4401";

  private final List<String> topics;

  TopicsListener(List<String> topics) {
    this.topics = List.copyOf(topics);
  }

  @Override
  public void begin(Conversation conversation) {
    topics.forEach(topic -> conversation.send(subscribe(topic)));
  }

  /** The command that joins a topic. */
  private static String subscribe(String topic) {
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
      conversation.deliver(line);
    } else {
      conversation.unrecognised(line);
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
