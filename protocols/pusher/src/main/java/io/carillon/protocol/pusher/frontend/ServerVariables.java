package io.carillon.protocol.pusher.frontend;

import static java.util.stream.Collectors.joining;

import io.carillon.config.EnvironmentReader;
import io.carillon.config.MeaninglessVariable;
import io.carillon.part.BrokerDriver;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Variables of other servers that ask for something that a node has in another form. */
final class ServerVariables implements EnvironmentReader {

  private static final Set<String> TRUE = Set.of("true", "(true)", "1", "yes", "on");

  private final List<BrokerDriver> drivers;

  /**
   * @param drivers the brokers that connect nodes here
   */
  ServerVariables(List<BrokerDriver> drivers) {
    this.drivers = drivers;
  }

  @Override
  public List<MeaninglessVariable> withoutMeaning() {
    String connected = "nodes are connected by " + brokers();
    return List.of(
        MeaninglessVariable.of("REVERB_SCALING_ENABLED", ServerVariables::isOn, connected),
        MeaninglessVariable.of(
            "SSL_ENABLED",
            ServerVariables::isOn,
            "CARILLON_TLS_CERTIFICATE and CARILLON_TLS_KEY turn TLS on"));
  }

  private String brokers() {
    return drivers.stream()
        .flatMap(
            driver -> driver.address().stream().map(at -> driver.title() + ": " + at.variable()))
        .collect(joining(", or "));
  }

  private static boolean isOn(String value) {
    return TRUE.contains(value.toLowerCase(Locale.ROOT));
  }
}
