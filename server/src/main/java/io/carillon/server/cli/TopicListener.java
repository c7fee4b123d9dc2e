package io.carillon.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Prints the messages of some topics. Its lines come on one thread of the client's, one connection
 * after the other; everything else is asked by the command's thread.
 */
final class TopicListener {

  private static final String NOTICE = "System: ";
  private static final String EXPIRED = "4401";
  private static final JsonFactory JSON = new JsonFactory();

  private final List<String> topics;
  private final long wanted;
  private final PrintWriter out;
  private final AtomicLong printed = new AtomicLong();
  private volatile boolean joined;
  private volatile String refusal = "";
  private volatile CompletableFuture<String> ended = new CompletableFuture<>();

  TopicListener(List<String> topics, long wanted, PrintWriter out) {
    this.topics = List.copyOf(topics);
    this.wanted = wanted;
    this.out = out;
  }

  /** The command that joins a topic. */
  static String subscribe(String topic) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("action", "subscribe");
      json.writeStringProperty("topic", topic);
      json.writeEndObject();
    }
    return text.toString();
  }

  /** Completes when this connection is of no further use. */
  CompletableFuture<String> ended() {
    return ended;
  }

  boolean isDone() {
    return printed.get() >= wanted;
  }

  boolean hasJoined() {
    return joined;
  }

  /** The next connection begins. */
  void reset() {
    joined = false;
    ended = new CompletableFuture<>();
  }

  void onLine(String line) {
    if (line.startsWith(NOTICE)) {
      onNotice(line.substring(NOTICE.length()));
    } else if (!isDone()
        && topics.stream().anyMatch(topic -> line.startsWith("[" + topic + "] "))) {
      out.println(line.replace("\r", "\\r").replace("\n", "\\n"));
      out.flush();
      printed.incrementAndGet();
      if (isDone()) {
        ended.complete("done");
      }
    }
  }

  private void onNotice(String notice) {
    for (String topic : topics) {
      String quoted = "\"" + topic + "\"";
      if (notice.equals("Subscribed to " + quoted + ".")) {
        joined = true;
      } else if (notice.equals("You may not subscribe to " + quoted + ".")
          || notice.startsWith("Topic names may")
          || notice.startsWith("Topic name is required")
          || notice.startsWith("Too many subscriptions")) {
        refusal = notice;
        ended.complete(notice);
      } else if (notice.equals("Unable to subscribe to " + quoted + " right now.")) {
        ended.complete(notice);
      }
    }
  }

  /** Some ends are final: trying again with the same token or topics can't be better. */
  void throwIfRefused(String end) throws IOException {
    if (!refusal.isEmpty()) {
      throw new IOException(refusal);
    }
    if (end.startsWith(EXPIRED)) {
      throw new IOException("the token has expired; come back with a new one");
    }
  }
}
