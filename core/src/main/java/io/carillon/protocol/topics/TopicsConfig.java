package io.carillon.protocol.topics;

/**
 * The topics protocol's settings.
 *
 * @param defaultTopic the topic that every client joins and plain text goes to
 * @param maxTopicBytes the longest topic name, in bytes of UTF-8
 */
public record TopicsConfig(String defaultTopic, int maxTopicBytes) {

  public static final TopicsConfig DEFAULTS = new TopicsConfig("lobby", 1024);

  public TopicsConfig {
    if (defaultTopic.isBlank()) {
      throw new IllegalArgumentException("defaultTopic: \"\" (expected: a topic name)");
    }
    if (maxTopicBytes < 1 || maxTopicBytes > 65_535) {
      throw new IllegalArgumentException(
          "maxTopicBytes: " + maxTopicBytes + " (expected: 1 to 65535)");
    }
  }
}
