package io.carillon.server.config;

import static java.util.stream.Collectors.joining;

import io.carillon.config.Configuration;
import io.carillon.config.Formats;
import io.carillon.config.Problem;
import io.carillon.config.Rule;
import io.carillon.config.Setting;
import io.carillon.config.SourceLocation;
import io.carillon.part.BrokerAddress;
import io.carillon.part.BrokerAddress.Without;
import io.carillon.part.BrokerDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The choice of a driver: the key {@code adapter.driver} names it, or else the broker's address
 * that is given decides.
 */
final class DriverChoice {

  private final List<BrokerDriver> drivers;
  private final Setting<BrokerDriver> driver;

  /**
   * @param drivers the first is used if no address is given
   */
  DriverChoice(List<BrokerDriver> drivers) {
    this.drivers = drivers;
    BrokerDriver alone = drivers.getFirst();
    this.driver =
        Setting.of("adapter.driver", Formats.oneOf(drivers, BrokerDriver::name))
            .defaultsTo(whereGiven(drivers) + "else " + alone.name(), () -> alone)
            .ignoredWhere(
                value -> drivers.stream().noneMatch(one -> one.name().equalsIgnoreCase(value)),
                "is no driver here")
            .says(
                "The broker that connects this node to the others. local: none, the node works",
                "alone, even if the same source gives an address. An address from a later source"
                    + " is",
                "refused.");
  }

  private static String whereGiven(List<BrokerDriver> drivers) {
    StringBuilder text = new StringBuilder();
    for (BrokerDriver driver : drivers) {
      Optional<BrokerAddress> address = driver.address();
      if (address.isPresent()) {
        text.append(driver.name()).append(" where ");
        text.append(address.get().setting().key()).append(" is given, ");
      }
    }
    return text.toString();
  }

  Setting<BrokerDriver> driver() {
    return driver;
  }

  /** The driver that was chosen, or the driver of the broker whose address is given. */
  BrokerDriver of(Configuration values) {
    if (values.isGiven(driver)) {
      return values.get(driver);
    }
    List<BrokerDriver> addressed = addressed(values);
    return addressed.isEmpty() ? drivers.getFirst() : addressed.getFirst();
  }

  /** Those whose address is given. */
  private List<BrokerDriver> addressed(Configuration values) {
    List<BrokerDriver> addressed = new ArrayList<>();
    for (BrokerDriver one : drivers) {
      Optional<BrokerAddress> address = one.address();
      if (address.isPresent() && values.find(address.get().setting()).isPresent()) {
        addressed.add(one);
      }
    }
    return addressed;
  }

  /** The same with the driver that follows from an address, as if it were given there. */
  Configuration settled(Configuration values) {
    BrokerDriver used = of(values);
    Optional<BrokerAddress> address = used.address();
    return address.isEmpty() || values.isGiven(driver)
        ? values
        : values.with(driver, used, values.origin(address.get().setting()));
  }

  void check(Configuration values, List<Problem> problems) {
    driverHasAnAddress(values, problems);
    addressesHaveTheirDriver(values, problems);
    addressIsOne(values, problems);
  }

  private void driverHasAnAddress(Configuration values, List<Problem> problems) {
    BrokerDriver chosen = of(values);
    chosen
        .address()
        .filter(address -> address.without() == Without.REFUSED)
        .filter(address -> Rule.isMissing(address.setting(), values, problems))
        .ifPresent(
            address ->
                problems.add(
                    values.problem(
                        driver,
                        "%s without an address (expected: %s, or %s)"
                            .formatted(
                                chosen.name(), address.setting().key(), address.variable()))));
  }

  /**
   * Within one source a driver may be chosen while another driver's address stays. But a source
   * that gives an address later wants that broker, and a node that seems connected and is not would
   * lose messages.
   */
  private void addressesHaveTheirDriver(Configuration values, List<Problem> problems) {
    BrokerDriver chosen = of(values);
    SourceLocation choice = values.origin(driver);
    if (!values.isGiven(driver)) {
      return;
    }
    for (BrokerDriver other : addressed(values)) {
      Setting<?> address = other.address().orElseThrow().setting();
      if (!other.equals(chosen) && values.origin(address).isLaterThan(choice)) {
        problems.add(
            values.problem(
                address,
                "given differently by %s (adapter.driver: %s) and %s (keep one)"
                    .formatted(choice, chosen.name(), values.origin(address))));
      }
    }
  }

  /** Two brokers don't make one cluster, and the node can't know which was meant. */
  private void addressIsOne(Configuration values, List<Problem> problems) {
    List<BrokerDriver> given = addressed(values);
    if (values.isGiven(driver) || given.size() < 2) {
      return;
    }
    String names = given.stream().map(BrokerDriver::name).collect(joining(" and "));
    Setting<?> last = given.getLast().address().orElseThrow().setting();
    problems.add(
        values.problem(
            last,
            "addresses of %s are given (expected: one of them, or adapter.driver)"
                .formatted(names)));
  }
}
