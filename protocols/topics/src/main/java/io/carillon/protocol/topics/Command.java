package io.carillon.protocol.topics;

/**
 * A client's command. A field that is missing, not a string or blank is the empty string here;
 * others are trimmed. Messages are well-formed Unicode; a topic may have lone surrogates, and is
 * then refused.
 */
sealed interface Command {

  record Subscribe(String topic) implements Command {}

  record Unsubscribe(String topic) implements Command {}

  record Publish(String topic, String message) implements Command {}

  record ListTopics() implements Command {}

  /** Plain text, for the default topic. */
  record Say(String message) implements Command {}

  /** A message of nothing but white space. */
  record Nothing() implements Command {}

  /** A JSON object or array without a known action. */
  record UnknownAction() implements Command {}

  /** A JSON value that is neither object nor array. */
  record UnsupportedFormat() implements Command {}
}
