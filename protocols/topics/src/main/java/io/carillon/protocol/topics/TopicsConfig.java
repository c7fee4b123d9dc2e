package io.carillon.protocol.topics;

import io.carillon.message.Channel;
import io.carillon.message.UnicodeText;
import java.nio.charset.StandardCharsets;

/**
 * The settings of the topics protocol.
 *
 * @param defaultTopic the topic that every client joins, and to which plain text goes
 * @param maxTopicBytes the longest topic name, in bytes of UTF-8
 * @param app the id of the app whose channels topics are; {@link Channel#NO_APP} for topics that
 *     stand alone
 */
public record TopicsConfig(String defaultTopic, int maxTopicBytes, String app) {

  public static final TopicsConfig DEFAULTS = new TopicsConfig("lobby", 512);

  public TopicsConfig {
    if (defaultTopic.isEmpty() || !defaultTopic.equals(JavaScriptText.trim(defaultTopic))) {
      throw new IllegalArgumentException(
          "default topic: \"" + defaultTopic + "\" (expected: a name without space around it)");
    }
    if (maxTopicBytes < 1 || maxTopicBytes > 65_535) {
      throw new IllegalArgumentException(
          "max topic bytes: " + maxTopicBytes + " (expected: 1 to 65535)");
    }
    if (defaultTopic.getBytes(StandardCharsets.UTF_8).length > maxTopicBytes) {
      throw new IllegalArgumentException(
          "default topic: it is too long (expected: at most " + maxTopicBytes + " bytes)");
    }
  }

  /** Settings for topics that stand alone. */
  public TopicsConfig(String defaultTopic, int maxTopicBytes) {
    this(defaultTopic, maxTopicBytes, Channel.NO_APP);
  }

  /** The channel of a topic. */
  public Channel channel(String topic) {
    return new Channel(app, topic);
  }

  /** A topic or message as the protocol reads it: without white space around it. */
  public static String trim(String text) {
    return UnicodeText.wellFormed(JavaScriptText.trim(text));
  }
}
