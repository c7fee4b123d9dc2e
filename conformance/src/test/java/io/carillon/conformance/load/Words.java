package io.carillon.conformance.load;

import java.util.Optional;

/** The parts of the topics protocol that the load uses. */
final class Words {

  private static final String REFUSED = "System: Message bus is unavailable.";
  private static final String UNKNOWN = "System: Unable to process that message right now.";

  private Words() {}

  static String publish(String topic, int number, String padding) {
    return "{\"action\":\"publish\",\"topic\":\"%s\",\"message\":\"%d %s\"}"
        .formatted(topic, number, padding);
  }

  /** The number in {@code [topic] name: number padding}. */
  static int number(String message) {
    int begin = message.indexOf(": ") + 2;
    int end = message.indexOf(' ', begin);
    return Integer.parseInt(message, begin, end < 0 ? message.length() : end, 10);
  }

  /** The outcome that a line of the server reports of the message under way, if it reports one. */
  static Optional<Fate> fate(String line) {
    return switch (line) {
      case REFUSED -> Optional.of(Fate.REFUSED);
      case UNKNOWN -> Optional.of(Fate.UNKNOWN);
      default -> Optional.empty();
    };
  }
}
