package io.carillon.server.cli;

import io.carillon.part.BrokerDriver;
import io.carillon.part.LocalBroker;
import io.carillon.server.Parts;

/**
 * The kind of broker that connects the demo's nodes.
 *
 * @param driver the driver
 * @param local how the demo starts such a broker
 */
record DemoBroker(BrokerDriver driver, LocalBroker local) {

  /** The first kind that a program can start. */
  static DemoBroker usual(Parts parts) {
    return parts.drivers().stream()
        .flatMap(driver -> driver.local().map(local -> new DemoBroker(driver, local)).stream())
        .findFirst()
        .orElseThrow();
  }

  /** Its name, for people. */
  String title() {
    return driver.title();
  }

  /** The form of its address, for messages. */
  String scheme() {
    return driver.address().map(at -> at.schemes().getFirst() + "://...").orElseThrow();
  }
}
