package io.carillon.server.cli;

import io.carillon.part.BrokerDriver;
import io.carillon.part.LocalBroker;
import io.carillon.server.Parts;
import java.util.List;

/**
 * A kind of broker that the demo can start.
 *
 * @param driver the driver
 * @param local how the demo starts such a broker
 */
record DemoBroker(BrokerDriver driver, LocalBroker local) {

  /** All kinds that a program can start, the usual one first. */
  static List<DemoBroker> all(Parts parts) {
    return parts.drivers().stream()
        .flatMap(driver -> driver.local().map(local -> new DemoBroker(driver, local)).stream())
        .toList();
  }

  /** The first of {@link #all}. */
  static DemoBroker usual(Parts parts) {
    return all(parts).getFirst();
  }

  /** The value of {@code adapter.driver}. */
  String name() {
    return driver.name();
  }

  /** Its name, for people. */
  String title() {
    return driver.title();
  }

  /** The form of its address, for messages. */
  String scheme() {
    return scheme(driver);
  }

  /** The form of a driver's address, for messages; the driver has one. */
  static String scheme(BrokerDriver driver) {
    return driver.address().orElseThrow().schemes().getFirst() + "://...";
  }

  /** A user's remedy if the broker is not installed. */
  String remedy() {
    return "apt install %s, or --broker %s".formatted(local.debianPackage(), scheme());
  }
}
