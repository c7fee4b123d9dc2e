package io.carillon.protocol.topics;

import java.nio.charset.StandardCharsets;

/**
 * The topics protocol's settings.
 *
 * @param defaultTopic the topic that every client joins and plain text goes to
 * @param maxTopicBytes the longest topic name, in bytes of UTF-8
 */
public record TopicsConfig(String defaultTopic, int maxTopicBytes) {

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

  /** A topic or message as the protocol takes it: without space around it. */
  public static String trim(String text) {
    return JavaScriptText.wellFormed(JavaScriptText.trim(text));
  }
}
