package io.carillon.server.cli;

import static java.util.stream.Collectors.joining;

import io.carillon.part.BrokerDriver;
import io.carillon.server.Parts;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The broker that a user wants the demo's nodes to share. */
sealed interface DemoChoice {

  /**
   * The user has named none: this kind is started if it is installed, else the nodes share a
   * process.
   */
  record Unsaid(DemoBroker usual) implements DemoChoice {}

  /** The user has named this kind: it is started, or the demo fails. */
  record Named(DemoBroker broker) implements DemoChoice {}

  /**
   * The user has given the address of a broker that runs.
   *
   * @param uri the address; it may have a password
   */
  record Running(BrokerDriver driver, String uri) implements DemoChoice {

    /** Without the password. */
    @Override
    public String toString() {
      return driver.name();
    }
  }

  /**
   * Reads the option's value.
   *
   * @param given a driver's name or a URI; null or blank for none
   * @throws IllegalArgumentException if it is neither; the message says what was expected
   */
  static DemoChoice of(Parts parts, @Nullable String given) {
    List<DemoBroker> brokers = DemoBroker.all(parts);
    if (given == null || given.isBlank()) {
      return new Unsaid(brokers.getFirst());
    }
    for (DemoBroker broker : brokers) {
      if (broker.name().equals(given)) {
        return new Named(broker);
      }
    }
    for (BrokerDriver driver : parts.drivers()) {
      if (driver.address().filter(at -> at.isFor(given)).isPresent()) {
        return new Running(driver, given);
      }
    }
    throw new IllegalArgumentException(unknown(parts, brokers, given));
  }

  private static String unknown(Parts parts, List<DemoBroker> brokers, String given) {
    Optional<BrokerDriver> other =
        parts.drivers().stream()
            .filter(driver -> driver.name().equals(given) && driver.address().isPresent())
            .findFirst();
    String names = brokers.stream().map(DemoBroker::name).collect(joining(", "));
    return other.isPresent()
        ? "the demo can't start %s (expected: %s, or the address of one that runs: %s)"
            .formatted(other.get().title(), names, DemoBroker.scheme(other.get()))
        : "%s (expected: %s, or the address of a broker that runs, such as %s)"
            .formatted(shown(given), names, brokers.getFirst().scheme());
  }

  /** The value if it can be no address: an address may have a password. */
  private static String shown(String given) {
    return Pattern.matches("[\\w-]{1,32}", given) ? "\"" + given + "\"" : "another scheme or none";
  }
}
