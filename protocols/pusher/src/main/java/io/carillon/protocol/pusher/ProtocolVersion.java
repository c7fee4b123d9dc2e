package io.carillon.protocol.pusher;

import java.util.Optional;

/** The versions of the protocol that a client may use: it asks for one with {@code ?protocol=7}. */
final class ProtocolVersion {

  private static final int OLDEST = 4;
  static final int NEWEST = 7;

  /** The number of digits that always fit into an int. */
  private static final int MAX_DIGITS = 9;

  private ProtocolVersion() {}

  /** What is wrong with the requested version; empty if Carillon speaks it. */
  static Optional<CloseCode> fault(Optional<String> asked) {
    if (asked.isEmpty() || asked.get().isEmpty()) {
      return Optional.of(CloseCode.NO_VERSION);
    }
    String version = asked.get();
    if (!version.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.of(CloseCode.INVALID_VERSION);
    }
    boolean known =
        version.length() <= MAX_DIGITS
            && Integer.parseInt(version) >= OLDEST
            && Integer.parseInt(version) <= NEWEST;
    return known ? Optional.empty() : Optional.of(CloseCode.UNSUPPORTED_VERSION);
  }
}
