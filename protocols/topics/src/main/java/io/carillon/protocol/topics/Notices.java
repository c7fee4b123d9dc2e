package io.carillon.protocol.topics;

import java.util.Collection;

/** Every line that the server sends on its own behalf. The wording is part of the protocol. */
final class Notices {

  private static final String PREFIX = "System: ";

  static final String HOW_TO =
      PREFIX + "Send JSON messages to subscribe, unsubscribe, publish, or list subscriptions.";
  static final String TOPIC_REQUIRED = PREFIX + "Topic name is required.";
  static final String TOPIC_IS_NO_UNICODE =
      PREFIX + "Topic names are valid Unicode; this one has half a character.";
  static final String TOPIC_REQUIRED_TO_PUBLISH =
      PREFIX + "A topic is required to publish a message.";
  static final String EMPTY_MESSAGE = PREFIX + "Message text cannot be empty.";
  static final String BUS_UNAVAILABLE = PREFIX + "Message bus is unavailable.";
  static final String TOO_LARGE = PREFIX + "The message is too large for the message bus.";
  static final String UNABLE_TO_PROCESS = PREFIX + "Unable to process that message right now.";
  static final String NO_SUBSCRIPTIONS = PREFIX + "No active subscriptions.";
  static final String UNSUPPORTED_FORMAT = PREFIX + "Unsupported message format.";
  static final String SUPPORTED_ACTIONS =
      PREFIX + "Supported actions are subscribe, unsubscribe, publish, and list.";
  static final String INITIALIZATION_FAILED =
      PREFIX + "Server initialization failed for this connection.";

  private Notices() {}

  static String welcome(String name) {
    return "Welcome, " + name + "!";
  }

  static String subscribed(String topic) {
    return PREFIX + "Subscribed to \"" + topic + "\".";
  }

  static String alreadySubscribed(String topic) {
    return PREFIX + "Already subscribed to \"" + topic + "\".";
  }

  static String unableToSubscribe(String topic) {
    return PREFIX + "Unable to subscribe to \"" + topic + "\" right now.";
  }

  static String mayNotSubscribe(String topic) {
    return PREFIX + "You may not subscribe to \"" + topic + "\".";
  }

  static String mayNotPublish(String topic) {
    return PREFIX + "You may not publish to \"" + topic + "\".";
  }

  static String topicTooLong(int maxBytes) {
    return PREFIX + "Topic names may have at most " + maxBytes + " bytes.";
  }

  static String tooManySubscriptions() {
    return PREFIX + "Too many subscriptions; unsubscribe from a topic first.";
  }

  static String unsubscribed(String topic) {
    return PREFIX + "Unsubscribed from \"" + topic + "\".";
  }

  static String notSubscribed(String topic) {
    return PREFIX + "Not subscribed to \"" + topic + "\".";
  }

  static String subscribeBeforePublishing(String topic) {
    return PREFIX + "Subscribe to \"" + topic + "\" before publishing to it.";
  }

  static String subscriptions(Collection<String> topics) {
    return PREFIX + "Current subscriptions: " + String.join(", ", topics);
  }
}
